import { useState } from 'react'
import { minutesBetween } from '#shared/kernel/time.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count, duration, time } from '#renderer/ui/format.ts'
import { AllDone, Notice, QueryState } from '#renderer/ui/states.tsx'
import { useZone } from '../actor.tsx'
import { KeyHint } from '../keys/keys.tsx'
import { type Outage, useOutage } from '../network/outage.ts'
import { Screen } from '../Screen.tsx'
import { AttentionDetail } from './AttentionDetail.tsx'
import { AttentionList } from './AttentionList.tsx'
import { useRunningWork } from './long-work.ts'
import { WorkCards } from './WorkCards.tsx'
import styles from './AttentionPage.module.css'

/** What needs a person: what the clinic did not accept, and long work that goes on in the background. */
export function AttentionPage() {
  const works = useRunningWork()
  const query = useApiQuery('network.attention', {})
  const outage = useOutage()
  const [chosenId, setChosen] = useState<string>()
  const items = query.data ?? []
  // Settled, the next one moves up into its place: nobody looks for where to go on.
  const [lastAt, setLastAt] = useState(0)
  const active = items.find((one) => one.id === chosenId) ?? items[Math.min(lastAt, items.length - 1)]
  const isClear = query.data !== undefined && items.length === 0 && works.length === 0
  return (
    <Screen
      title="Attention" meta={<Away outage={outage} />} asideWidth={440}
      aside={active && <AttentionDetail key={active.id} item={active} place={items.indexOf(active) + 1} of={items.length} />}
      footer={active && <Hints />}
    >
      <div className={styles['list']}>
        <WentThrough outage={outage} open={items.length} />
        <QueryState query={query} what="What needs you" />
        {active && (
          <AttentionList
            items={items} active={active}
            onActive={(item) => {
              setChosen(item.id)
              setLastAt(items.indexOf(item))
            }}
          />
        )}
        <WorkCards works={works} />
        {isClear && <AllDone title="Nothing needs you">Work that was refused, or that takes a while, appears here.</AllDone>}
      </div>
    </Screen>
  )
}

function Away({ outage }: { outage: Outage | undefined }) {
  const zone = useZone()
  const minutes = outage?.backAt ? minutesBetween(outage.since, outage.backAt) : 0
  if (!outage?.backAt || minutes < 1) return null
  return <>from {duration(minutes)} without the host, {time(outage.since, zone)} to {time(outage.backAt, zone)}</>
}

/** After coming back: how many went through. Said even when all did, because somebody waited for it. */
function WentThrough({ outage, open }: { outage: Outage | undefined; open: number }) {
  const zone = useZone()
  if (!outage?.backAt || outage.waited === 0) return null
  const { waited, refused, backAt } = outage
  const left = Math.min(refused, open)
  const rest = refused === 0 ? '' : left === 0 ? ' The others are settled.' : ` ${left === 1 ? 'One needs' : `${left} need`} you.`
  return (
    <Notice tone="ok" title={`Back with the host since ${time(backAt, zone)}.`}>
      {`${refused === 0 ? `${waited === 1 ? 'Your change' : `All ${waited} changes`} went through.` : `${waited - refused} of ${count(waited, 'change')} went through.`}${rest}`}
    </Notice>
  )
}

function Hints() {
  return (
    <span className={styles['hints']}>
      <KeyHint of="attention.next" /> <KeyHint of="attention.previous" /> move <KeyHint keys="1" /> … <KeyHint keys="5" /> do the next step <KeyHint of="attention.open" /> open it
    </span>
  )
}
