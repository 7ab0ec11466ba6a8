import '@mantine/core/styles.css'
import './app/theme/global.css'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { queryClient } from '#renderer/rpc/api.ts'
import { followChanges } from '#renderer/rpc/live.ts'
import { acceptPorts } from '#renderer/rpc/port.ts'
import { refreshSession } from '#renderer/rpc/session.ts'
import { App } from './app/App.tsx'
import { bridge } from './app/bridge.ts'
import { listenForKeys } from './app/keys/keys.tsx'
import { ThemeProvider } from './app/providers.tsx'
import { applyThemeVariables } from './app/theme/apply.ts'

/** The waiting room's display is a page of its own: it has nobody's session, no keys and no way to any screen. */
const isDisplay = bridge()?.isDisplay === true
const Display = lazy(async () => ({ default: (await import('./domains/scheduling/flow/DisplayPage.tsx')).DisplayPage }))

applyThemeVariables(document)
acceptPorts()
if (!isDisplay) {
  listenForKeys(window)
  followChanges(refreshSession)
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ThemeProvider>
          {isDisplay ? <Suspense><Display /></Suspense> : <App />}
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
