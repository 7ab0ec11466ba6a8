import { useCurrentPath } from './navigation.ts'
import { useContributions, usePlaces } from './places.ts'

/** What must not wait stands on the home of every role, above the screen: a domain says it in one line, or says nothing. */
export function HomeNotes() {
  const [home] = usePlaces()
  const contributions = useContributions()
  if (useCurrentPath() !== home?.path) return null
  return contributions.map(({ domain, HomeNote }) => HomeNote && <HomeNote key={domain} />)
}
