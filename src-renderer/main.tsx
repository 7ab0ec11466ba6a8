import '@mantine/core/styles.css'
import './app/theme/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { listenForKeys } from './app/keys/keys.tsx'
import { ThemeProvider } from './app/providers.tsx'
import { applyThemeVariables } from './app/theme/apply.ts'

applyThemeVariables(document)
listenForKeys(window)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ThemeProvider>
        <App />
      </ThemeProvider>
    </StrictMode>,
  )
}
