import { Button } from '@mantine/core'
import { Component } from 'react'
import type { ReactNode } from 'react'
import { Notice } from './notices.tsx'
import css from './page.module.css'

type State = { failed?: true; away?: true }

/**
 * A page whose program did not arrive, as when the service ended while it was on its way, says so and offers to load
 * again; without it nothing at all would be left in the window. The browser keeps a program that failed, so that only a
 * new load brings it; not before the server answers, as the browser's own page would come instead.
 */
export class PageBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = {}
  static getDerivedStateFromError(): State {
    return { failed: true }
  }
  readonly #retry = async (): Promise<void> => {
    try {
      await fetch('/healthz')
      globalThis.location.reload()
    } catch {
      this.setState({ away: true })
    }
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <main className={css.failed}>
        <Notice tone="heavy" title="Halaman belum dapat dimuat.">
          <p>{this.state.away ? 'Server belum menjawab. Tunggu sebentar, lalu coba lagi.' : 'Terjadi kesalahan.'}</p>
          <Button onClick={() => void this.#retry()}>Coba lagi</Button>
        </Notice>
      </main>
    )
  }
}
