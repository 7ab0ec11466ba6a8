import { Button } from '@mantine/core'
import { EmptyState, FailedPart } from '#renderer/ui/states.tsx'
import { useGo } from './navigation.ts'
import { paths } from './paths.ts'
import { Screen } from './Screen.tsx'

export function NotFoundScreen() {
  const go = useGo()
  return (
    <Screen title="Not found">
      <EmptyState title="There is nothing at this address" action={<Button onClick={() => go(paths.home())}>Go to my home</Button>}>
        It may have moved, or it is not part of your work.
      </EmptyState>
    </Screen>
  )
}

/** The router's own boundary: a page that fails while it renders or loads. A screen without a rail needs a way out. */
export function ScreenFailed({ reset }: { reset: () => void }) {
  const go = useGo()
  const home = <Button onClick={() => go(paths.home())}>Go to my home</Button>
  return <FailedPart title="This screen could not be shown." code="E-SCREEN" onRetry={reset} more={home} />
}
