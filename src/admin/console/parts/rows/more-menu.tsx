import { Button, Menu } from '@mantine/core'
import type { ReactNode } from 'react'

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
