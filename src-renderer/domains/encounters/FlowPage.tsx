import { useState } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { minuteOfDay } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { gridClock, listName } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { stateColours, stateLooks } from '#renderer/ui/StateTag.tsx'
import { FlowCard } from './FlowCard.tsx'
import { RoomStrip } from './RoomStrip.tsx'
import { byWait, isOpen, stageTargets, type Stage } from './today.ts'
import { useFlowSteps } from './useFlowSteps.ts'
import { staffText } from './view.ts'
import styles from './Flow.module.css'

const stages: readonly Stage[] = ['arrived', 'roomed', 'in-progress']

/** The nurse's home: who waits longest, in which room, for whom. Columns are stages; the chosen card takes the keys. */
export function FlowPage() {
  const today = useToday()
  const day = useApiQuery('scheduling.listDay', { date: today })
  const rooms = useApiQuery('clinic.listRooms', {})
  if (!day.data || !rooms.data) {
    return (
      <Screen title="Flow">
        <QueryState query={day.data ? rooms : day} what="The board" />
      </Screen>
    )
  }
  return <Board appointments={day.data.appointments} providers={new Map(day.data.providers.map((one) => [one.id, staffText(one)]))} rooms={rooms.data} />
}

interface BoardProps {
  appointments: readonly DayAppointment[]
  providers: ReadonlyMap<string, string>
  rooms: readonly { id: string; name: string; kind: string }[]
}

function Board({ appointments, providers, rooms }: BoardProps) {
  const go = useGo()
  const today = useToday()
  const mayChart = useMay('chart.read')
  const facts = useApiQuery('encounters.listDayFacts', { date: today }, { enabled: mayChart })
  const columns = stages.map((stage) => ({ stage, cards: byWait(appointments, stage) }))
  const [chosenId, setChosen] = useState<string>()
  const all = columns.flatMap((column) => column.cards)
  const chosen = all.find((card) => card.id === chosenId) ?? all[0]
  const inUse = new Set(appointments.flatMap((one) => ((one.status === 'roomed' || one.status === 'in-progress') && one.roomId ? [one.roomId] : [])))
  const freeRoom = rooms.find((room) => room.kind === 'exam' && !inUse.has(room.id)) ?? rooms.find((room) => !inUse.has(room.id))
  const steps = useFlowSteps()
  const choose = (card: DayAppointment | undefined) => {
    if (!card) return
    setChosen(card.id)
    document.getElementById(`flow-${card.id}`)?.focus()
  }
  const at = columns.findIndex((column) => column.cards.some((card) => card.id === chosen?.id))
  const row = columns[at]?.cards.findIndex((card) => card.id === chosen?.id) ?? 0
  const sideways = (by: 1 | -1) => {
    for (let i = at + by; i >= 0 && i < columns.length; i += by) {
      const cards = columns[i]?.cards ?? []
      if (cards.length > 0) return choose(cards[Math.min(row, cards.length - 1)])
    }
  }
  const room = () => chosen?.status === 'arrived' && freeRoom && steps.room(chosen, freeRoom)
  const vitals = () => chosen && go(paths.chart(chosen.patientId), { open: 'vitals' })
  useKeys([
    { id: 'flow.down', keys: '↓', label: 'Next card', where: 'Flow', run: () => choose(columns[at]?.cards[row + 1]) },
    { id: 'flow.up', keys: '↑', label: 'Previous card', where: 'Flow', run: () => choose(columns[at]?.cards[row - 1]) },
    { id: 'flow.left', keys: '←', label: 'Stage before', where: 'Flow', run: () => sideways(-1) },
    { id: 'flow.right', keys: '→', label: 'Stage after', where: 'Flow', run: () => sideways(1) },
    { id: 'flow.room', keys: 'R', label: 'Take to the free room', where: 'Flow', when: () => chosen?.status === 'arrived' && freeRoom !== undefined, run: room },
    { id: 'flow.hand-over', keys: 'H', label: 'Hand to the doctor', where: 'Flow', when: () => chosen?.status === 'roomed', run: () => chosen && steps.handOver(chosen) },
    ...(mayChart ? [
      { id: 'flow.vitals', keys: 'V', label: 'Record vitals', where: 'Flow', when: () => chosen !== undefined, run: vitals },
      { id: 'flow.chart', keys: 'C', label: 'Open chart', where: 'Flow', when: () => chosen !== undefined, run: () => chosen && go(paths.chart(chosen.patientId)) },
    ] : []),
  ])
  const done = appointments.filter((one) => one.status === 'fulfilled').length
  const toCome = appointments.filter((one) => one.status === 'booked' || one.status === 'proposed')
  return (
    <Screen title="Flow" body="fill" meta={`${done} done · ${toCome.length} to come`}>
      {steps.refused && <Notice tone="bad">{steps.refused}</Notice>}
      <div className={styles['board']}>
        {columns.map(({ stage, cards }) => (
          <section key={stage} className={styles['column']} style={stateColours(stage)} aria-labelledby={`stage-${stage}`}>
            <header className={styles['columnHead']}>
              <h2 id={`stage-${stage}`}>{stateLooks[stage].word}</h2>
              <span>{cards.length}</span>
              <span className={styles['target']}>target {stageTargets[stage]} min</span>
            </header>
            <ul role="list" className={styles['cards']}>
              {cards.map((card) => (
                <li key={card.id}>
                  <FlowCard
                    card={card} stage={stage} providerName={providers.get(card.providerId) ?? ''} isChosen={card.id === chosen?.id} onChoose={() => setChosen(card.id)}
                    vitalsAt={facts.data?.find((fact) => fact.appointmentId === card.id)?.vitalsAt ?? null}
                    freeRoom={freeRoom} isRunning={steps.isRunning} mayChart={mayChart} onRoom={room} onVitals={vitals} onHandOver={() => steps.handOver(card)}
                  />
                </li>
              ))}
            </ul>
            {stage === 'arrived' && <NextToArrive appointments={toCome} />}
          </section>
        ))}
      </div>
      <RoomStrip rooms={rooms} appointments={appointments.filter(isOpen)} keys={<><KeyHint keys="↑" /> <KeyHint keys="↓" /> <KeyHint keys="←" /> <KeyHint keys="→" /> choose a card {mayChart && <><KeyHint keys="C" /> chart</>}</>} />
    </Screen>
  )
}

function NextToArrive({ appointments }: { appointments: readonly DayAppointment[] }) {
  const zone = useZone()
  if (appointments.length === 0) return null
  return (
    <div className={styles['toArrive']}>
      <h3>Next to arrive</h3>
      <ul role="list">
        {appointments.slice(0, 6).map((one) => (
          <li key={one.id}><span>{gridClock(minuteOfDay(one.startsAt, zone))}</span> {listName(one.patient)}</li>
        ))}
      </ul>
    </div>
  )
}
