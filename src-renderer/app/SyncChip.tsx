import { Popover, Text } from '@mantine/core'
import { useLinkState } from './link-state.ts'
import styles from './Shell.module.css'

/** Says in people's words whether work is safe and where. Live only when the kind changes, not each minute. */
export function SyncChip() {
  const state = useLinkState()
  const { text, explain } = describe(state)
  return (
    <Popover position="bottom-end" width={300} returnFocus>
      <Popover.Target>
        <button type="button" className={styles['chip']} data-kind={state.kind}>
          <span className={styles['dot']} aria-hidden />
          {text}
          <span className="visually-hidden" role="status">
            {kindWords[state.kind]}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{explain}</Text>
      </Popover.Dropdown>
    </Popover>
  )
}

type State = ReturnType<typeof useLinkState>

const kindWords: Record<State['kind'], string> = {
  'in-sync': '',
  sending: '',
  reconnecting: 'Reconnecting to the records on this computer',
  offline: 'Host not reachable, work goes on',
  stale: 'Host not reachable for a long time',
}

function describe(state: State): { text: string; explain: string } {
  switch (state.kind) {
    case 'in-sync':
      return { text: 'In sync', explain: 'Everything is saved on this computer the moment you do it. Other windows show it at once.' }
    case 'sending':
      return { text: `Sending ${state.waiting}`, explain: 'Saved here; the host has not confirmed these changes yet.' }
    case 'reconnecting':
      return { text: 'Reconnecting', explain: 'The records on this computer are being opened again. What you type is kept and saved as soon as they are back.' }
    case 'offline':
    case 'stale':
      return {
        text: `Host not reachable · ${state.waiting} unsent · ${state.minutes} min`,
        explain: 'Your work is saved on this computer and is sent as soon as the host is back.',
      }
  }
}
