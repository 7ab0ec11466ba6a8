import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useZone } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { listName } from '#renderer/ui/format.ts'
import { IconCalendarPlus } from '#renderer/ui/icons.ts'
import type { BookingPanelProps } from './BookingPanel.tsx'
import { setBookingDraft } from './booking-draft.ts'
import { SeriesReview } from './SeriesReview.tsx'
import { useSeriesReview } from './useSeriesReview.ts'
import { patternWords, readLink, visitsWords, type SeriesPlan } from './view.series.ts'
import panels from './Panels.module.css'

/** The second step of a series: its dates, each with what is in its way. One press books all of them. */
export function SeriesPanel({ booking, day, plan, onBookedSeries, onClose }: BookingPanelProps & { plan: SeriesPlan }) {
  const zone = useZone()
  const { userId } = useActor()
  const { draft, typeId, durationMin, change, steps } = booking
  const review = useSeriesReview({
    lines: plan.lines, typeId, durationMin,
    onChange: (lines) => change({ plan: { ...plan, lines } }),
    onSave: async (lines, id) => {
      const { patient } = draft
      if (!patient) return
      const link = readLink(draft.linkText)
      const booked = await steps.bookSeries({
        id, patientId: patient.id, typeId, durationMin, reason: draft.reason.trim() || null, pattern: plan.pattern, telehealthUrl: 'url' in link ? link.url : null,
        visits: lines.filter((line) => !line.isSkipped).map(({ providerId, startsAt }) => ({ id: newId(), providerId, startsAt })),
      }, listName(patient))
      setBookingDraft(userId, undefined)
      onBookedSeries(booked[0]?.id ?? '')
    },
  })
  const kept = plan.lines.filter((line) => !line.isSkipped).length
  const first = plan.lines[0]
  return (
    <SidePanel
      title="Dates of the series" icon={IconCalendarPlus} onClose={onClose}
      footer={
        <>
          <span id="series-missing" className={panels['missing']}>{review.missing}</span>
          <ActionButton onClick={() => change({ plan: undefined })}>Back</ActionButton>
          <ActionButton variant="filled" keyId="series.save" running={review.isRunning} disabledReason={review.missing} reasonId="series-missing" onClick={review.save}>Book {visitsWords(kept)}</ActionButton>
        </>
      }
    >
      <p>
        <strong>{draft.patient ? listName(draft.patient) : ''}</strong>
        {first && <span className={panels['whoMeta']}> {patternWords(plan.pattern, dateInZone(first.key, zone))}</span>}
      </p>
      <SeriesReview review={review} day={day} saveLabel="Book the series" />
    </SidePanel>
  )
}
