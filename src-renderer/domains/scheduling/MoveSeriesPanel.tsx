import { useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { movedAlike } from '#shared/domains/scheduling/rules.series.ts'
import { canMove } from '#shared/domains/scheduling/rules.ts'
import { minutesBetween } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { count, listName } from '#renderer/ui/format.ts'
import { IconCalendarEvent } from '#renderer/ui/icons.ts'
import { SeriesReview } from './SeriesReview.tsx'
import { useFollowing } from './useFollowing.ts'
import { useSeriesReview } from './useSeriesReview.ts'
import type { MoveTo, Steps } from './useSteps.ts'
import { placeWords, visitsWords, whenWords, type PlanLine } from './view.series.ts'
import panels from './Panels.module.css'

interface MoveSeriesPanelProps { one: DayAppointment; to: MoveTo; day: Day; steps: Steps; onClose: () => void }

/** It was put elsewhere and belongs to a series: this one, or this one and those after it by as much. */
export function MoveSeriesPanel(props: MoveSeriesPanelProps) {
  const [isAll, setAll] = useState(false)
  const following = useFollowing(props.one, (visit) => canMove(visit.status))
  return isAll ? <MoveAll {...props} following={following} /> : <WhichOnes {...props} many={following.length} onAll={() => setAll(true)} />
}

function WhichOnes({ one, to, steps, many, onAll, onClose }: MoveSeriesPanelProps & { many: number; onAll: () => void }) {
  return (
    <SidePanel title="Move a visit of a series" icon={IconCalendarEvent} onClose={onClose}>
      <Choices one={one} to={to} many={many} onOne={() => void steps.move(one, to).then(onClose)} onAll={onAll} />
    </SidePanel>
  )
}

/** Below the panel, so that its keys are the panel's. */
function Choices({ one, to, many, onOne, onAll }: { one: DayAppointment; to: MoveTo; many: number; onOne: () => void; onAll: () => void }) {
  const zone = useZone()
  useKeys([
    { id: 'move-series.one', keys: '1', label: 'Move this one', where: 'Series', run: onOne },
    { id: 'move-series.all', keys: '2', label: 'Move this one and those after it', where: 'Series', run: onAll, when: () => many > 0 },
  ])
  return (
    <div className={panels['view']}>
      <p><strong>{listName(one.patient)}</strong>, {placeWords(one)} of a series, from {whenWords(one.startsAt, zone)} to <strong>{whenWords(to.startsAt, zone)}</strong>.</p>
      <ol role="list" className={panels['offers']} aria-label="Which ones">
        <li><button type="button" className={panels['offer']} autoFocus onClick={onOne}><KeyHint keys="1" /><span>Only this one</span></button></li>
        {many > 0 && <li><button type="button" className={panels['offer']} onClick={onAll}><KeyHint keys="2" /><span>This and the {count(many, 'visit')} after it, by as much</span></button></li>}
      </ol>
    </div>
  )
}

function MoveAll({ one, to, day, steps, following, onClose }: MoveSeriesPanelProps & { following: ReturnType<typeof useFollowing> }) {
  const zone = useZone()
  const [all] = useState(() => [one, ...following])
  const [lines, setLines] = useState<readonly PlanLine[]>(() => movedAlike(all, one, to, zone).map((place) => ({ ...place, key: place.startsAt, isSkipped: false, isKept: false })))
  const review = useSeriesReview({
    lines, typeId: one.typeId, durationMin: minutesBetween(one.startsAt, one.endsAt), movingIds: all.map(({ id }) => id), onChange: setLines,
    onSave: async (wanted) => {
      await steps.moveSeveral({ moves: wanted.flatMap(({ providerId, startsAt, isSkipped }, i) => (isSkipped || !all[i] ? [] : [{ id: all[i].id, version: all[i].version, providerId, startsAt }])) }, listName(one.patient))
      onClose()
    },
  })
  const kept = lines.filter((line) => !line.isSkipped).length
  return (
    <SidePanel
      title="Where they go" icon={IconCalendarEvent} onClose={onClose}
      footer={
        <>
          <span id="move-series-missing" className={panels['missing']}>{review.missing}</span>
          <ActionButton variant="filled" keyId="series.save" running={review.isRunning} disabledReason={review.missing} reasonId="move-series-missing" onClick={review.save}>Move {visitsWords(kept)}</ActionButton>
        </>
      }
    >
      <SeriesReview review={review} day={day} saveLabel="Move them" />
    </SidePanel>
  )
}
