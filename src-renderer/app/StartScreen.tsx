import { Navigate } from '@tanstack/react-router'
import { EmptyState } from '#renderer/ui/states.tsx'
import { Screen } from './Screen.tsx'
import { usePlaces } from './places.ts'

/** Opens on the home of the role; there is no menu to start from. */
export function StartScreen() {
  const [home] = usePlaces()
  if (home) return <Navigate to={home.path} replace />
  return (
    <Screen title="Home">
      <EmptyState title="Nothing to do here yet">Your role has no place in this version of Cairn.</EmptyState>
    </Screen>
  )
}
