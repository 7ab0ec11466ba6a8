import { createHashHistory, createRootRoute, createRoute, createRouter, Outlet, type RouterHistory } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Contribution, RouteContribution } from './contribution.ts'
import { NotFoundScreen, ScreenFailed } from './fallbacks.tsx'
import { useKeys } from './keys/keys.tsx'
import { useLock } from './lock.ts'
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
  const root = createRootRoute({ component: Root, notFoundComponent: NotFoundScreen })
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

/** Around every address, also those without a rail: locking works everywhere. */
function Root() {
  const lock = useLock()
  useKeys([{ id: 'shell.lock', keys: 'Ctrl+L', label: 'Lock or switch person', where: 'Everywhere', run: lock, always: true }])
  return <Outlet />
}

function guarded(route: RouteContribution) {
  const Page = lazy(async () => ({ default: await route.page() }))
  return function GuardedPage() {
    return (
      <RouteGuard may={route.may}>
        {/* Its own boundary: a page that is still being read must not take the shell away. */}
        <Suspense>
          <Page />
        </Suspense>
      </RouteGuard>
    )
  }
}
