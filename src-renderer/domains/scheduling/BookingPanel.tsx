import { Select } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { duration } from '#renderer/ui/format.ts'
import { IconCalendarPlus, IconClock, IconDoorEnter } from '#renderer/ui/icons.ts'
import { Missed } from '#renderer/ui/Missed.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { LinkField, Offers, ProviderChoice, TogetherOffers, WhoField } from './BookingParts.tsx'
import { CompanionFields } from './CompanionFields.tsx'
import { RepeatFields } from './RepeatFields.tsx'
import { SeriesPanel } from './SeriesPanel.tsx'
import type { Booking } from './useBooking.ts'
import { useBookingKeys } from './useBookingKeys.ts'
import { lengthChoices } from './view.booking.ts'
import { fitWords, takenWords } from './view.fit.ts'
import styles from './Panels.module.css'

export interface BookingPanelProps {
  booking: Booking
  day: Day
  types: readonly AppointmentType[]
  onBookedSeries: (id: string) => void
  onDate: (date: PlainDate) => void
  onRegister: () => void
  onClose: () => void
}

/** B, the name, Enter, 1: a slot is taken by its number at once. Or a time is typed, and what stands in its way is said here and in the grid. */
export function BookingPanel(props: BookingPanelProps) {
  const { booking, onClose } = props
  const { isWalkIn, plan } = booking.draft
  if (plan) return <SeriesPanel {...props} plan={plan} />
  const label = isWalkIn ? 'Walk in' : booking.draft.repeat ? 'Look at the dates' : booking.draft.companions.length > 0 ? 'Book all' : 'Book'
  return (
    <SidePanel
      title={isWalkIn ? 'Walk-in' : 'Book appointment'}
      icon={isWalkIn ? IconDoorEnter : IconCalendarPlus}
      onClose={onClose}
      footer={
        <>
          <span id="booking-missing" className={styles['missing']}>
            {booking.missing}
          </span>
          <ActionButton variant="filled" keyId="booking.submit" running={booking.isRunning} disabledReason={booking.missing} reasonId="booking-missing" onClick={booking.submit}>
            {label}
          </ActionButton>
        </>
      }
    >
      <BookingForm {...props} />
    </SidePanel>
  )
}

function BookingForm({ booking, day, types, onDate, onRegister }: BookingPanelProps) {
  const { draft, change, wanted, refused } = booking
  const zone = useZone()
  const fit = wanted && fitWords(wanted, day, zone)
  const isAway = isOutOfReach(useNetwork())
  const [isAskingOthers, setAskingOthers] = useState(false)
  const isSeveral = draft.companions.length > 0
  const first = wanted ? day.date : booking.offers[0] ? dateInZone(booking.offers[0].startsAt, zone) : day.date
  const instructions = booking.type?.instructions
  useBookingKeys(booking, day, onRegister, () => setAskingOthers(true))
  const reasonField = useRef<HTMLInputElement>(null)
  const hasPatient = draft.patient !== undefined
  useEffect(() => {
    // Somebody stands at the desk: after the name comes why, then Ctrl Enter.
    if (draft.isWalkIn && hasPatient) reasonField.current?.focus()
  }, [draft.isWalkIn, hasPatient])
  return (
    <form
      className={styles['view']}
      onSubmit={(event) => {
        event.preventDefault()
        booking.submit()
      }}
    >
      {isAway && <Notice tone="warn" title="A request until the clinic confirms it.">The host is not reachable: another machine may have given the same time. It stands hatched until then.</Notice>}
      <WhoField booking={booking} onRegister={onRegister} />
      {draft.patient && <Missed patientId={draft.patient.id} />}
      <FieldRow>
        <Select
          label="Visit type"
          data={types.map((type) => ({ value: type.id, label: type.name }))}
          value={booking.typeId}
          onChange={(typeId) => change({ typeId, durationMin: null })}
        />
        <Select
          label="Length"
          data={lengthChoices(booking.durationMin).map((minutes) => ({ value: String(minutes), label: duration(minutes) }))}
          value={String(booking.durationMin)}
          onChange={(minutes) => minutes && change({ durationMin: Number(minutes) })}
        />
      </FieldRow>
      {instructions && <Notice tone="info" title="Tell the patient:">{instructions}</Notice>}
      <ProviderChoice booking={booking} day={day} />
      <TextField ref={reasonField} label={optional('Reason')} autoComplete="off" maxLength={limits.line_chars} value={draft.reason} data-autofocus={(draft.isWalkIn && hasPatient) || undefined} onChange={(event) => change({ reason: event.currentTarget.value })} />
      {booking.type?.isTelehealth && <LinkField booking={booking} type={booking.type} />}
      {!draft.isWalkIn && draft.patient && <CompanionFields booking={booking} types={types} isAsked={isAskingOthers} onAsk={() => setAskingOthers(true)} />}
      {!draft.isWalkIn && draft.patient && !isSeveral && <RepeatFields booking={booking} first={first} />}
      <FieldRow>
        <DateField label="Day" kind="day" value={day.date} onChange={(date) => {
          if (!date) return
          // The visit stays what it was called, whatever is usual on the other day.
          change({ typeId: booking.typeId })
          onDate(date)
        }} />
        {!isSeveral && <TextField
          label={optional('Time')}
          autoComplete="off"
          leftSection={<IconClock size={16} stroke={1.6} aria-hidden />}
          value={draft.timeText}
          data-taken={wanted?.fit.kind === 'taken' || undefined}
          classNames={{ input: styles['time'] ?? '' }}
          aria-describedby="booking-fit"
          onChange={(event) => change({ timeText: event.currentTarget.value })}
        />}
      </FieldRow>
      <div id="booking-fit" aria-live="polite">
        {fit && !isSeveral && <Notice tone={fit.tone} title={fit.title}>{fit.text}</Notice>}
        {refused && (
          <Notice tone="bad" title="Not booked.">
            {takenWords(day.appointments.find((one) => one.id === refused.conflictingId), day, zone) ?? refused.text}
          </Notice>
        )}
      </div>
      {booking.together.problem && isSeveral && <Notice tone="bad" title="Nobody booked.">{booking.together.problem}</Notice>}
      {isSeveral ? <TogetherOffers together={booking.together} day={day} /> : <Offers booking={booking} day={day} />}
    </form>
  )
}
