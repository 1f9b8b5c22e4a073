import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import {
  IconBrandWhatsapp,
  IconBuildingCommunity,
  IconChartBar,
  IconChecks,
  IconDots,
  IconEyeCheck,
  IconFlag,
  IconKeyboard,
  IconLogout,
  IconMenu2,
  IconMessage,
  IconMoon,
  IconPlaylistAdd,
  IconPrinter,
  IconSearch,
  IconSettings,
  IconSun,
  IconUserCheck,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { NavLink, useLocation, useNavigate } from 'react-router'
import { useOffice } from '../client/office.ts'
import { isSupervisor, mayAnswer, mayEnter, mayHandOver, mayPrint, maySign } from '../client/rights.ts'
import { useMe, useSignOut } from '../client/session.ts'
import { useAlarms } from '../oversight/oversight.ts'
import { Logo } from '../parts/logo.tsx'
import { OperatorMark, SeverityIcon } from '../parts/marks.tsx'
import { usePhone } from '../parts/surroundings.ts'
import { useCounts } from '../waiting/waiting.ts'
import { ChannelState, ChannelTrouble, useChannels } from '../whatsapp/channel-state.tsx'
import { rolesLine } from '../words/people.ts'
import css from './rail.module.css'

type Place = { to: string; name: string; icon: ReactNode; count?: number | undefined; wide?: boolean }

/** The places of the console that this operator works in. On phones: a bar of four, the rest behind the last. */
export function Rail({ onShowKeys }: { onShowKeys: () => void }) {
  const me = useMe()
  const counts = useCounts().data
  const office = useOffice().data
  const navigate = useNavigate()
  const signOut = useSignOut()
  const supervisor = isSupervisor(me.roles)
  const troubles = useChannels(supervisor)?.troubles ?? []
  const alarms = useAlarms(supervisor).data?.first?.total
  // on phones the bar has room for four
  const many = mayHandOver(me.roles) || mayAnswer(me.roles)
  const prints = mayPrint(me.roles)
  const signs = maySign(me.roles) && office?.signature === true
  const places: Place[] = [
    { to: '/antrean', name: 'Antrean', icon: <IconMenu2 size={20} aria-hidden /> },
    ...(mayAnswer(me.roles)
      ? [{ to: '/percakapan', name: 'Percakapan', icon: <IconMessage size={20} aria-hidden />, count: counts?.asking }]
      : []),
    ...(mayEnter(me.roles)
      ? [{ to: '/entri', name: 'Entri SIAK', icon: <IconPlaylistAdd size={20} aria-hidden />, wide: many }]
      : []),
    ...(prints || signs
      ? [{ to: '/cetak', name: prints ? 'Cetak' : 'TTE', icon: <IconPrinter size={20} aria-hidden />, wide: many }]
      : []),
    ...(mayHandOver(me.roles)
      ? [{ to: '/serah-terima', name: 'Serah terima', icon: <IconChecks size={20} aria-hidden /> }]
      : []),
    ...(mayAnswer(me.roles)
      ? [
          {
            to: '/pengaduan',
            name: 'Pengaduan',
            icon: <IconFlag size={20} aria-hidden />,
            count: counts?.openPleas,
            wide: true,
          },
        ]
      : []),
    {
      to: '/cari',
      name: 'Cari',
      icon: <IconSearch size={20} aria-hidden />,
      wide: mayHandOver(me.roles) && mayAnswer(me.roles),
    },
  ]
  const ofSupervisors: Place[] = [
    { to: '/papan', name: 'Papan pantau', icon: <IconChartBar size={20} aria-hidden />, wide: true },
    {
      to: '/koordinator',
      name: 'Koordinator',
      icon: <IconUserCheck size={20} aria-hidden />,
      count: counts?.pendingCoordinators,
      wide: true,
    },
    { to: '/sekolah', name: 'Sekolah', icon: <IconBuildingCommunity size={20} aria-hidden />, wide: true },
    { to: '/nomor-whatsapp', name: 'WhatsApp', icon: <IconBrandWhatsapp size={20} aria-hidden />, wide: true },
    { to: '/operator', name: 'Operator', icon: <IconUsers size={20} aria-hidden />, wide: true },
    { to: '/pengaturan', name: 'Pengaturan', icon: <IconSettings size={20} aria-hidden />, wide: true },
    {
      to: '/pengawasan',
      name: 'Pengawasan',
      icon: <IconEyeCheck size={20} aria-hidden />,
      count: alarms,
      wide: true,
    },
  ]
  // not there at all beside the whole rail: the menu's keys go to its first item, which must not be a hidden one
  const isBar = usePhone()
  const hidden = isBar ? [...places, ...(supervisor ? ofSupervisors : [])].filter((place) => place.wide) : []

  return (
    <nav className={css.rail} aria-label="Utama">
      <div className={css.brand}>
        <Logo />
        <div>
          SMART KIDS
          <small>{office?.shortName ?? '\u00a0'}</small>
        </div>
      </div>
      {places.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
      {supervisor && <div className={css.part}>Penyelia</div>}
      {supervisor && ofSupervisors.map((place) => <PlaceLink key={place.to} place={place} />)}
      <div className={css.foot}>{supervisor && <ChannelState />}</div>
      <Menu position="top-start">
        <Menu.Target>
          <UnstyledButton className={css.me}>
            <span className={css.mark}>
              <OperatorMark name={me.name} mine />
            </span>
            <IconDots className={css.dots} size={20} aria-hidden />
            <span className={css.name}>
              {me.name}
              <small>{rolesLine(me.roles)}</small>
            </span>
            <span className={css.more}>Lainnya</span>
            {troubles.length > 0 && (
              <span className={css.trouble} role="img" aria-label={troubles.join(', ')}>
                <SeverityIcon severity="check" over="var(--bg)" />
              </span>
            )}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {isBar && troubles.map((trouble) => <ChannelTrouble key={trouble} trouble={trouble} />)}
          {hidden.map((place) => (
            <Menu.Item key={place.to} leftSection={place.icon} onClick={() => void navigate(place.to)}>
              {place.name}
              {place.count ? ` (${place.count})` : ''}
            </Menu.Item>
          ))}
          <SchemeChoice />
          <Menu.Item leftSection={<IconUserCircle size={18} aria-hidden />} onClick={() => void navigate('/akun')}>
            Akun saya
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={18} aria-hidden />} onClick={onShowKeys}>
            Daftar tombol
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => signOut.mutate()}>
            Keluar
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}

function PlaceLink({ place }: { place: Place }) {
  const { pathname } = useLocation()
  // a case is one of the queue, from wherever it was opened
  const holds = place.to === '/antrean' && pathname.startsWith('/berkas/')
  return (
    <NavLink
      to={place.to}
      className={css.place ?? ''}
      // from an open conversation it leads back to the list
      aria-current={pathname === place.to ? 'page' : 'location'}
      data-wide={place.wide}
      data-holds={holds}
      title={place.name}
    >
      {place.icon}
      <span className={css.label}>{place.name}</span>
      {place.count !== undefined && place.count > 0 && (
        <span className={css.count} aria-label={`${place.count} menunggu`}>
          {place.count}
        </span>
      )}
    </NavLink>
  )
}

/** Light or dark; until chosen, as the system has it. */
function SchemeChoice() {
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
