import type { ReactNode } from 'react'
import { useLive } from '../client/live.tsx'
import { OfflineNotice } from './notices.tsx'
import css from './page.module.css'

/** A page beside the rail: its bar with the heading, what is wrong with the connection, its content. */
export function Page(props: { title: string; beside?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const { offlineSince } = useLive()
  return (
    <main className={css.page}>
      <header className={css.bar}>
        <div className={css.title}>
          <h1>{props.title}</h1>
          <div className={css.beside}>{props.beside}</div>
        </div>
        {props.actions}
      </header>
      {offlineSince ? (
        <OfflineNotice since={offlineSince}>Yang terlihat mungkin sudah berubah.</OfflineNotice>
      ) : (
        <div />
      )}
      {props.children}
    </main>
  )
}
