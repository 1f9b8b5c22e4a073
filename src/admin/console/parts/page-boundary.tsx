import { Component } from 'react'
import type { ReactNode } from 'react'
import { ProblemNotice } from './notices.tsx'
import css from './page.module.css'

/**
 * A page whose program did not arrive, as when the service ended while it was on its way, says so and offers to load
 * again; without it nothing at all would be left in the window. The browser keeps a program that failed, so that only a
 * new load brings it.
 */
export class PageBoundary extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {}
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }
  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return (
      <main className={css.failed}>
        <ProblemNotice
          error={this.state.error}
          title="Halaman belum dapat dimuat."
          retry={() => globalThis.location.reload()}
        />
      </main>
    )
  }
}
