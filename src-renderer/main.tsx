import '@mantine/core/styles.css'
import './app/theme/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { queryClient } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { acceptPorts } from '#renderer/rpc/port.ts'
import { refreshSession } from '#renderer/rpc/session.ts'
import { App } from './app/App.tsx'
import { listenForKeys } from './app/keys/keys.tsx'
import { ThemeProvider } from './app/providers.tsx'
import { applyThemeVariables } from './app/theme/apply.ts'

applyThemeVariables(document)
listenForKeys(window)
acceptPorts()
followChanges(refreshSession)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider>
          <App />
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
