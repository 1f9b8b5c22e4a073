import './theme/base.css'
import './theme/mantine.css'
import './theme/tokens.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { queries } from './client/queries.ts'
import { openKeyboard } from './keys/keyboard.ts'
import { Console } from './shell/console.tsx'
import { cssVariables, theme } from './theme/theme.ts'

const root = document.getElementById('root')
if (root) {
  openKeyboard()
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <Console />
          </BrowserRouter>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
