import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ReactNode } from 'react'

const FORMATS = ['xlsx', 'csv'] as const
type Format = (typeof FORMATS)[number]

/** A button for each kind of file that may be taken away; `pending` is being made. `label`: what it is a file of. */
export function FormatButtons(props: {
  pending: Format | undefined
  title: string
  label?: string
  onSave: (format: Format) => void
}) {
  const { pending, title, label, onSave } = props
  return FORMATS.map((format) => (
    <Button
      key={format}
      variant="subtle"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={pending === format}
      aria-label={label && `${label}, ${format.toUpperCase()}`}
      title={title}
      onClick={() => onSave(format)}
    >
      {format.toUpperCase()}
    </Button>
  ))
}

/** What is done less often to the one of a row who is called `name`. */
export function MoreMenu({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" aria-label={`Lainnya, ${name}`}>
          Lainnya
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
