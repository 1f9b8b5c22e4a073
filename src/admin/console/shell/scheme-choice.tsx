import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'

/** Light or dark; until chosen, as the system has it. */
export function SchemeChoice() {
  const { setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Item leftSection={<IconSun size={18} aria-hidden />} onClick={() => setColorScheme('light')}>
        Tampilan terang
      </Menu.Item>
      <Menu.Item leftSection={<IconMoon size={18} aria-hidden />} onClick={() => setColorScheme('dark')}>
        Tampilan gelap
      </Menu.Item>
    </>
  )
}
