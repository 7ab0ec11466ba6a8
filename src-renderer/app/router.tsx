import { createHashHistory, createRootRoute, createRoute, createRouter, Outlet, type RouterHistory } from '@tanstack/react-router'
import { lazy } from 'react'
import type { Contribution, RouteContribution } from './contribution.ts'
import { NotFoundScreen, ScreenFailed } from './fallbacks.tsx'
import { RouteGuard } from './RouteGuard.tsx'
import { Shell } from './Shell.tsx'
import { StartScreen } from './StartScreen.tsx'

const attention: RouteContribution = { path: '/attention', page: async () => (await import('./attention/AttentionPage.tsx')).AttentionPage }
const gallery: RouteContribution = { path: '/gallery', page: async () => (await import('./gallery/GalleryPage.tsx')).GalleryPage }

/**
 * Builds the routes that the domains contribute. Addresses stand behind '#', because the page is a file of
 * the program and not a place on a server.
 */
export function makeRouter(contributions: readonly Contribution[], history: RouterHistory = createHashHistory()) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundScreen })
  const inShell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
  const bare = createRoute({ getParentRoute: () => root, id: 'full-window', component: Outlet })

  const leaf = (route: RouteContribution) =>
    createRoute({
      getParentRoute: () => (route.fullWindow ? bare : inShell),
      path: route.path,
      component: guarded(route),
      errorComponent: ScreenFailed,
    })

  const contributed = contributions.flatMap((contribution) => contribution.routes ?? [])
  const own = import.meta.env.DEV ? [attention, gallery] : [attention]
  const all = [...contributed, ...own]
  const start = createRoute({ getParentRoute: () => inShell, path: '/', component: StartScreen })

  return createRouter({
    history,
    routeTree: root.addChildren([
      inShell.addChildren([start, ...all.filter((route) => !route.fullWindow).map(leaf)]),
      bare.addChildren(all.filter((route) => route.fullWindow).map(leaf)),
    ]),
    defaultNotFoundComponent: NotFoundScreen,
    // Pages are in the package on the disk: showing a pending state would only flicker.
    defaultPendingMs: 200,
  })
}

function guarded(route: RouteContribution) {
  const Page = lazy(async () => ({ default: await route.page() }))
  return function GuardedPage() {
    return (
      <RouteGuard may={route.may}>
        <Page />
      </RouteGuard>
    )
  }
}
