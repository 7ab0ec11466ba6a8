import { useState } from 'react'
import type { Appointment, DayAppointment, Slot } from '#shared/domains/scheduling/model.ts'
import { dateInZone, dayBounds, minutesBetween } from '#shared/kernel/time.ts'
import { staffName, useToday, useZone } from '#renderer/app/actor.tsx'
import { askForRecall } from '#renderer/app/asked.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { isOutOfReach } from '#renderer/app/network/reach.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { api, useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { nearDate, time } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { FOLLOW_UP_SEARCH_DAYS, followUpChoices } from './view.follow-up.ts'
import styles from './billing.module.css'

/** The next visit, before the patient leaves: of the same kind, with the same provider, when it was asked for. */
export function FollowUpCard({ appointmentId, patientId }: { appointmentId: string; patientId: string }) {
  const details = useApiQuery('scheduling.details', { id: appointmentId })
  const [isOpen, setOpen] = useState(false)
  useKeys(isOpen ? [] : [{ id: 'checkout.follow-up', keys: 'N', label: 'Next visit', where: 'Checkout', run: () => setOpen(true) }])
  return (
    <Card title="Next visit" aside={<KeyHint of="checkout.follow-up" />}>
      {!isOpen && (
        <div className={styles['followUp']}>
          <ActionButton keyId="checkout.follow-up" onClick={() => setOpen(true)}>Find a time</ActionButton>
          <ActionButton keyId="checkout.recall" onClick={() => askForRecall(patientId)}>Recall instead</ActionButton>
        </div>
      )}
      {isOpen && <QueryState query={details} what="The visit" />}
      {isOpen && details.data && <Offers visit={details.data.appointment} onClose={() => setOpen(false)} />}
    </Card>
  )
}

function Offers({ visit, onClose }: { visit: DayAppointment; onClose: () => void }) {
  const today = useToday()
  const zone = useZone()
  const isAway = isOutOfReach(useNetwork())
  const recalls = useApiQuery('calls.openRecalls', { patientId: visit.patientId })
  const staff = useApiQuery('clinic.listStaff', {})
  const [asked] = recalls.data ?? []
  const choices = followUpChoices(asked, today)
  const [chosenId, setChosen] = useState<string>()
  const chosen = choices.find((one) => one.id === chosenId) ?? choices.find((one) => one.id === asked?.id) ?? choices[1]
  const typeId = asked?.typeId ?? visit.typeId
  const providerId = asked?.providerId ?? visit.providerId
  const durationMin = minutesBetween(visit.startsAt, visit.endsAt)
  const from = dayBounds(chosen?.from ?? today, zone).from
  const found = useApiQuery('scheduling.findSlots', { providerIds: [providerId], typeId, durationMin, from, days: FOLLOW_UP_SEARCH_DAYS, limit: 3 }, { enabled: recalls.data !== undefined })
  const book = useCommand('scheduling.book')
  const [id, setId] = useState(newId)
  const [booked, setBooked] = useState<Appointment>()
  const nameOf = (staffId: string) => staff.data?.filter((one) => one.id === staffId).map(staffName)[0] ?? ''
  const words = ({ startsAt }: Pick<Slot, 'startsAt'>) => `${nearDate(dateInZone(startsAt, zone), today)}, ${time(startsAt, zone)}`

  const take = async (slot: Slot | undefined): Promise<void> => {
    if (!slot || book.isRunning) return
    const done = await book.run({ id, patientId: visit.patientId, providerId: slot.providerId, roomId: null, typeId, startsAt: slot.startsAt, durationMin, reason: asked?.reason ?? visit.reason }).catch(() => undefined)
    if (!done) return
    setBooked(done)
    setId(newId())
    showToast({ text: `Next visit booked${isAway ? ', not confirmed yet' : ''},`, strong: words(done), undo: () => api.scheduling.undo({ id: done.id, version: done.version }).then(() => setBooked(undefined)) })
  }
  const slots = found.data?.slots ?? []
  useKeys(booked ? [] : [
    ...[1, 2, 3].map((place) => ({ id: `checkout.slot-${place}`, keys: String(place), label: `Take time ${place}`, where: 'Checkout', run: () => void take(slots[place - 1]) })),
    { id: 'checkout.follow-up-close', keys: 'Esc', label: 'Leave the next visit', where: 'Checkout', run: onClose },
  ])
  if (booked) return <p role="status"><strong>{words(booked)}</strong>, {nameOf(booked.providerId)}</p>
  return (
    <>
      <div className={styles['followUp']} role="group" aria-label="When">
        {choices.map((one) => <ActionButton key={one.id} size="compact-xs" aria-pressed={one === chosen} variant={one === chosen ? 'light' : 'default'} onClick={() => setChosen(one.id)}>{one.label}</ActionButton>)}
      </div>
      <p className={styles['hint']}>With {nameOf(providerId)}, {durationMin} min{visit.typeName && `, ${visit.typeName}`}</p>
      <QueryState query={found} what="The free times" />
      {found.data && slots.length === 0 && <p className={styles['hint']}>Nothing is free within three weeks. Choose another span, or put the patient on the recall list.</p>}
      <ol className={styles['slots']} aria-label="Free times">
        {slots.map((slot, at) => (
          <li key={slot.startsAt}>
            <ActionButton keyId={`checkout.slot-${at + 1}`} running={book.isRunning} onClick={() => void take(slot)}>{words(slot)}</ActionButton>
          </li>
        ))}
      </ol>
      {book.refusal && <Notice tone="bad" title="Not booked.">{errorText(book.refusal)}</Notice>}
    </>
  )
}
