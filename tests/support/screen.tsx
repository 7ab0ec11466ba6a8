import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { cleanup, render } from '@testing-library/react'
import axe from 'axe-core'
import { type ReactNode, useState } from 'react'
import { afterEach, expect } from 'vitest'
import { ActorProvider, type Actor } from '#renderer/app/actor.tsx'
import type { Contribution } from '#renderer/app/contribution.ts'
import { listenForKeys } from '#renderer/app/keys/keys.tsx'
import { LockContext } from '#renderer/app/lock.ts'
import { ContributionsContext } from '#renderer/app/places.ts'
import { ProofDialog } from '#renderer/app/ProofDialog.tsx'
import { ThemeProvider } from '#renderer/app/providers.tsx'
import { makeRouter } from '#renderer/app/router.tsx'
import { queryClient, seats } from '#renderer/rpc/api.ts'

// What a browser has and jsdom has not. Layout is not among it: these tests look at behaviour, not at pixels.
class NoResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
Object.assign(globalThis, { ResizeObserver: NoResizeObserver })
Object.defineProperty(window, 'matchMedia', {
  value: (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined }),
})
Object.defineProperty(document, 'adoptedStyleSheets', { value: [], writable: true })
Object.defineProperty(document, 'fonts', { value: Object.assign(new EventTarget(), { ready: Promise.resolve() }) })
Element.prototype.scrollIntoView = () => undefined
Element.prototype.scrollTo = () => undefined
window.scrollTo = () => undefined

listenForKeys(window)
afterEach(cleanup)
// Who sits at the window is of one test: the next one's core knows nothing of that seat.
afterEach(() => seats.sit(null))

export const testActor: Actor = {
  userId: '01890a5d-0000-7000-8000-000000000001',
  staffId: '01890a5d-0000-7000-8000-000000000002',
  name: 'Rosa Delgado',
  roles: ['receptionist'],
  isPrivacyOfficer: false,
  clinic: {
    id: '01890a5d-0000-7000-8000-000000000003', name: 'Alder Creek Family Clinic', timeZone: 'America/Los_Angeles', currency: 'USD',
    addressLine1: '4 Orchard Street', addressLine2: null, city: 'Alder Creek', state: 'OR', postalCode: '97331', phone: '5550102000',
    paper: 'letter', invoicePrefix: 'A', isDemo: false,
  },
}

/** A part of a screen, with the theme and a person around it. */
export function renderPart(part: ReactNode, actor: Actor = testActor) {
  return render(
    <QueryClientProvider client={queryClient}>
      <ThemeProvider isTest>
        <ActorProvider actor={actor}>{part}</ActorProvider>
      </ThemeProvider>
    </QueryClientProvider>,
  )
}

interface ShellOptions {
  path?: string
  actor?: Actor
  onLock?: () => void
}

/** The whole window after sign-in, with these domains in it. */
export function renderShell(contributions: readonly Contribution[], { path = '/', actor = testActor, onLock = () => undefined }: ShellOptions = {}) {
  return renderPart(<Window contributions={contributions} path={path} onLock={onLock} />, actor)
}

function Window({ contributions, path, onLock }: { contributions: readonly Contribution[]; path: string; onLock: () => void }) {
  const [router] = useState(() => makeRouter(contributions, createMemoryHistory({ initialEntries: [path] })))
  return (
    <ContributionsContext value={contributions}>
      <LockContext value={onLock}>
        <RouterProvider router={router} />
        <ProofDialog />
      </LockContext>
    </ContributionsContext>
  )
}

/** jsdom has no layout and no colours, and a part is no page: contrast and landmarks are measured elsewhere (tokens, e2e). */
export async function expectAccessible(root: Element): Promise<void> {
  const { violations } = await axe.run(root, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })
  expect(violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
