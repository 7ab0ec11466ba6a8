import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { theme } from './theme/theme.ts'

/**
 * Mantine without its run-time style elements: variables come from theme/apply.ts, and `visibleFrom` and
 * responsive style props are not used (the window has one layout, bent by plain media queries).
 */
export function ThemeProvider({ children, isTest = false }: { children: ReactNode; isTest?: boolean }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false} env={isTest ? 'test' : 'default'}>
      {children}
    </MantineProvider>
  )
}
