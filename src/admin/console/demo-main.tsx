import './theme/base.css'
import './theme/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { DemoPage } from './demo/demo-page.tsx'

followSystemScheme()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <DemoPage />
    </StrictMode>,
  )
}

const dark = '(prefers-color-scheme: dark)'

/** Light or dark as the system has it, now and later; the tokens read the attribute that Mantine writes as well. */
function followSystemScheme(): void {
  const query = matchMedia(dark)
  const apply = () => {
    document.documentElement.dataset['mantineColorScheme'] = query.matches ? 'dark' : 'light'
  }
  apply()
  query.addEventListener('change', apply)
}
