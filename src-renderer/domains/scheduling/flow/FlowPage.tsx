import { useState } from 'react'
import type { FlowBoard } from '#shared/domains/flow/contract.ts'
import { usualSettings, type FlowSettings } from '#shared/domains/flow/model.ts'
import type { Board as RoomBoard } from '#shared/domains/rooms/contract.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import { useMay, useNow, useToday } from '#renderer/app/actor.tsx'
import { useChosenSubject } from '#renderer/app/asked.ts'
import { bridge } from '#renderer/app/bridge.ts'
import { useGo, useOptionalRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { duration } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { useSteps } from '../useSteps.ts'
import { providerName } from '../view.ts'
import { DragGhost } from './DragGhost.tsx'
import { FlowColumn } from './FlowColumn.tsx'
import { RoomStrip } from './RoomStrip.tsx'
import { useCardDrag } from './useCardDrag.ts'
import { useFlowActs } from './useFlowActs.ts'
import { useFlowKeys } from './useFlowKeys.ts'
import { useWalkIn, WalkInPanel } from './WalkIn.tsx'
import { columnsOf, firstCard, roomFor, roomToClean, roomViews, type FlowCardView } from './view.ts'
import styles from './Flow.module.css'

const NO_BOARD: FlowBoard = { tickets: [], calls: [] }

/** The nurse's home: who waits longest, in which room, for whom. Columns are stages; the chosen card takes the keys. */
export function FlowPage() {
  const today = useToday()
  const day = useApiQuery('scheduling.listDay', { date: today }, { keepPrevious: true })
  const rooms = useApiQuery('rooms.board', { date: today }, { keepPrevious: true })
  const board = useApiQuery('flow.board', { date: today }, { keepPrevious: true })
  const settings = useApiQuery('flow.settings', {})
  if (!day.data || !rooms.data) {
    return (
      <Screen title="Flow">
        <QueryState query={day.data ? rooms : day} what="The board" />
      </Screen>
    )
  }
  return <Board day={day.data} rooms={rooms.data} board={board.data ?? NO_BOARD} settings={settings.data ?? usualSettings} />
}

interface BoardProps {
  day: Day
  rooms: RoomBoard
  board: FlowBoard
  settings: FlowSettings
}

function Board({ day, rooms: roomBoard, board, settings }: BoardProps) {
  const go = useGo()
  const now = useNow()
  const [mayChart, mayPay] = [useMay('chart.read'), useMay('payment.take')]
  const facts = useApiQuery('encounters.listDayFacts', { date: day.date }, { enabled: mayChart })
  const asked = useOptionalRouteParam('appointmentId')
  const [chosenId, setChosen] = useState(asked)
  const columns = columnsOf(day.appointments, board, now)
  const all = columns.flatMap((column) => column.cards)
  const chosen = all.find((card) => card.one.id === chosenId) ?? firstCard(columns)
  const rooms = roomViews(roomBoard, day.appointments, now)
  const waiting = columns.find((column) => column.stage === 'waiting')?.cards ?? []
  const proposed = (card: FlowCardView) => roomFor(card, rooms, day.appointments, waiting)
  const steps = useSteps()
  const acts = useFlowActs({ steps, roomFor: proposed })
  const walkIn = useWalkIn(day, steps, setChosen)
  const toClean = roomToClean(rooms)
  const { drag, pickUp } = useCardDrag((id, stage) => {
    const card = all.find((one) => one.one.id === id)
    if (!card) return
    setChosen(id)
    acts.moveTo(card, stage)
  })
  const choose = (card: FlowCardView | undefined): void => {
    if (!card) return
    setChosen(card.one.id)
    document.getElementById(`flow-${card.one.id}`)?.focus()
  }
  const open = (card: FlowCardView) => go(mayChart ? paths.chart(card.one.patientId) : paths.openPatient(card.one.patientId))
  const vitals = (card: FlowCardView) => go(paths.chart(card.one.patientId), { open: 'vitals' })
  const pay = () => go(paths.checkout())
  const showDisplay = () => bridge()?.window.openDisplay()
  useChosenSubject({ patientId: chosen?.one.patientId, appointmentId: chosen?.one.id })
  useFlowKeys({ columns, chosen, acts, toClean, mayChart, mayPay, onChoose: choose, onOpen: open, onVitals: vitals, onPay: pay, onWalkIn: walkIn.open, onDisplay: showDisplay })
  const countOf = (stage: FlowCardView['stage']) => columns.find((column) => column.stage === stage)?.cards.length ?? 0
  const isOnCard = acts.told !== undefined && all.some((card) => card.one.id === acts.told?.id)
  return (
    <Screen title="Flow" body="fill" meta={`${countOf('check-out') + countOf('left')} done · ${countOf('expected')} to come`}>
      <div className={styles['tools']}>
        <ActionButton keyId="flow.walk-in" onClick={walkIn.open}>Walk-in</ActionButton>
        <ActionButton keyId="flow.display" onClick={showDisplay}>Waiting-room display</ActionButton>
        {steps.problem !== null && !isOnCard && <Notice tone="bad">{steps.problem}</Notice>}
        <span className={styles['limits']}>amber from {duration(settings.amberMin)}, red from {duration(settings.redMin)}</span>
      </div>
      <div className={styles['board']}>
        {columns.map((column) => (
          <FlowColumn
            key={column.stage} column={column} settings={settings} chosen={chosen} drag={drag} acts={acts} proposed={proposed} mayChart={mayChart} mayPay={mayPay}
            providerOf={(card) => day.providers.filter((one) => one.id === card.one.providerId).map(providerName)[0] ?? ''}
            vitalsAt={(card) => facts.data?.find((fact) => fact.appointmentId === card.one.id)?.vitalsAt ?? null}
            onChoose={(card) => setChosen(card.one.id)} onOpen={open} onVitals={vitals} onPay={pay} pickUp={pickUp}
          />
        ))}
      </div>
      <RoomStrip rooms={rooms} toClean={toClean} mayChart={mayChart} onClean={acts.clean} now={now} />
      {drag && <DragGhost drag={drag} card={all.find((card) => card.one.id === drag.id)} />}
      <WalkInPanel walkIn={walkIn} day={day} />
    </Screen>
  )
}
