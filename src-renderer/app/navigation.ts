import { useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { Carried } from './contribution.ts'

let carried: { path: string; values: Carried } | undefined

/** Goes to an address made by paths.ts. `values` reach the next screen in memory only. */
export function useGo(): (path: string, values?: Carried) => void {
  const router = useRouter()
  return useCallback(
    (path, values) => {
      carried = values && { path, values }
      void router.navigate({ to: path })
    },
    [router],
  )
}

/** Says in the address where on this screen somebody is, so that a reload finds it again; the way back stays the same. */
export function useShowAddress(): (path: string) => void {
  const router = useRouter()
  return useCallback((path) => void router.navigate({ to: path, replace: true }), [router])
}

/** What the screen before handed over; stays the same for as long as this screen is mounted. */
export function useCarried(): Carried {
  const path = useCurrentPath()
  const [taken] = useState(() => (carried?.path === path ? carried.values : {}))
  return taken
}

/** Parts of the address: `useRouteParam('patientId')`. */
export function useRouteParam(name: string): string {
  const value = useOptionalRouteParam(name)
  if (value === undefined) throw new Error(`The route has no part called ${name}`)
  return value
}

export function useOptionalRouteParam(name: string): string | undefined {
  return useRouterState({
    select: (state) => {
      // Routes come from contributions at run time, so the router cannot know their parts by type.
      const params = state.matches.at(-1)?.params as Record<string, string> | undefined
      return params?.[name]
    },
  })
}

export function useCurrentPath(): string {
  return useRouterState({ select: (state) => state.location.pathname })
}
