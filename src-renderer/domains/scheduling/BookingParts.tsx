import { type RefObject, useEffect, useRef } from 'react'
import type { ContactFacts } from '#shared/domains/patients/model.contact.ts'
import type { PatientSummary } from '#shared/domains/patients/model.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { useContactFacts } from '#renderer/ui/ContactNotes.tsx'
import { inactiveWords, languageNote } from '#renderer/ui/contact-words.ts'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { ageSex, born, count, listName, mrn, nearDate, time } from '#renderer/ui/format.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { IconX } from '#renderer/ui/icons.ts'
import { Person } from '#renderer/ui/Person.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { PatientPicker } from '#renderer/ui/pickers/PatientPicker.tsx'
import type { Booking } from './useBooking.ts'
import type { Together } from './useTogether.ts'
import { readLink } from './view.series.ts'
import { providerName } from './view.ts'
import styles from './Panels.module.css'

/** The patient who was chosen, or the field to find one. */
export function WhoField({ booking, onRegister }: { booking: Booking; onRegister: () => void }) {
  const { draft, change } = booking
  const mayRegister = useMay('patient.write')
  const place = useRef<HTMLDivElement>(null)
  const hasPatient = draft.patient !== undefined && !draft.isWalkIn
  useEffect(() => {
    // With the patient known the next act is a number, so the focus leaves the text field; of a walk-in it is the reason.
    if (hasPatient) place.current?.focus()
  }, [hasPatient])
  if (draft.patient) return <ChosenPatient patient={draft.patient} isFirst={!draft.isWalkIn} focusRef={place} onClear={() => change({ patient: undefined })} />
  return (
    <div>
      <PatientPicker label="Patient" autoFocus onPick={(patient) => change({ patient })} onText={(typed) => change({ typed })} {...(mayRegister ? { nothing: nobody } : {})} />
      {mayRegister && (
        <p className={styles['quiet']}>
          <button type="button" className={styles['link']} onClick={onRegister}>
            Register a new patient
          </button>{' '}
          <KeyHint of="booking.register" />
        </p>
      )}
    </div>
  )
}

const nobody = (text: string) => (
  <>
    Nobody matches “{text}”. <KeyHint of="booking.register" /> registers them and comes back.
  </>
)

function ChosenPatient({ patient, isFirst, focusRef, onClear }: { patient: PatientSummary; isFirst: boolean; focusRef: RefObject<HTMLDivElement | null>; onClear: () => void }) {
  const today = useToday()
  const facts = useContactFacts([patient.id]).get(patient.id)
  return (
    <>
      <div ref={focusRef} tabIndex={-1} data-autofocus={isFirst || undefined} role="group" aria-label={`For ${listName(patient)}`} className={styles['chosen']}>
      <Person name={`${patient.givenName} ${patient.familyName}`} size={36} />
      <div className={styles['whoText']}>
        <div>
          <strong>{listName(patient)}</strong> {ageSex(patient.birthDate, patient.sex, today)}
        </div>
        <div className={styles['whoMeta']}>
          {born(patient.birthDate)} · MRN <span className="code">{mrn(patient.mrn)}</span>
        </div>
      </div>
      <IconButton size="small" label="Choose another patient" onClick={onClear}>
        <IconX size={16} stroke={1.8} />
      </IconButton>
    </div>
    {facts && <Expected patientId={patient.id} facts={facts} />}
    </>
  )
}

/** In which language, and whether somebody is expected at all: an inactive patient is asked about before the time is taken. */
function Expected({ patientId, facts }: { patientId: string; facts: ContactFacts }) {
  const update = useCommand('patients.update')
  const spoken = languageNote(facts)
  if (facts.deceasedOn) return <Notice tone="bad" title="This patient has died.">Nothing can be booked.</Notice>
  return (
    <>
      {spoken && <Notice tone="info" title={spoken.charAt(0).toUpperCase() + spoken.slice(1)}>{facts.interpreter ? 'Somebody has to interpret at this visit.' : 'Say it in their language where you can.'}</Notice>}
      {facts.inactiveReason && (
        <Notice tone="warn" title={`Inactive: ${inactiveWords[facts.inactiveReason].toLowerCase()}.`} action={<ActionButton running={update.isRunning} onClick={() => void update.run({ id: patientId, was: { inactiveReason: facts.inactiveReason }, changes: { inactiveReason: null } }).catch(() => undefined)}>Make active again</ActionButton>}>
          {update.refusal ? errorText(update.refusal) : 'Booking needs an active patient.'}
        </Notice>
      )}
    </>
  )
}

/** Any provider, or one: ← → go through them. */
export function ProviderChoice({ booking, day }: { booking: Booking; day: Day }) {
  const { providerId } = booking.draft
  return (
    <div role="group" aria-label="Provider">
      <div className={styles['groupLabel']}>
        <span>Provider</span>
        <span>
          <KeyHint of="booking.provider-before" /> <KeyHint of="booking.provider-after" />
        </span>
      </div>
      <div className={styles['choices']}>
        {day.providers.map((provider) => (
          <button key={provider.id} type="button" className={styles['choice']} aria-pressed={provider.id === providerId} title={providerName(provider)} onClick={() => booking.change({ providerId: provider.id })}>
            {provider.familyName}
          </button>
        ))}
        <button type="button" className={styles['choice']} aria-pressed={providerId === null} onClick={() => booking.change({ providerId: null })}>
          Any
        </button>
      </div>
    </div>
  )
}

/** The next fitting slots; a number or a press takes one at once, with undo. */
export function Offers({ booking, day }: { booking: Booking; day: Day }) {
  const zone = useZone()
  const today = useToday()
  const { offers, draft, isRunning } = booking
  const nameOf = (id: string) => day.providers.filter((provider) => provider.id === id).map(providerName)[0]
  return (
    <section aria-labelledby="offers-title">
      <div className={styles['groupLabel']}>
        <span id="offers-title">{booking.refused ? 'Free instead' : 'Next fitting slots'}</span>
        <span>{draft.patient ? 'press a number' : 'choose the patient first'}</span>
      </div>
      {offers.length === 0 && <p className={styles['quiet']}>{booking.isSearching ? 'Looking …' : 'Nothing is free in the next nine weeks. A time can still be written above.'}</p>}
      <ol role="list" className={styles['offers']}>
        {offers.map((offer, i) => (
          <li key={`${offer.providerId} ${offer.startsAt}`}>
            <button type="button" className={styles['offer']} data-first={i === 0 || undefined} aria-disabled={!draft.patient || isRunning || undefined} aria-keyshortcuts={String(i + 1)} onClick={() => booking.take(offer)}>
              <KeyHint keys={String(i + 1)} />
              <span className={styles['offerDay']}>{nearDate(dateInZone(offer.startsAt, zone), today)}</span>
              <strong className={styles['offerTime']}>{time(offer.startsAt, zone)}</strong>
              <span className={styles['offerWho']}>{nameOf(offer.providerId)}</span>
              {offer.isSoonest && <span className={styles['soonest']}>Soonest</span>}
              {offer.isSqueezed && <span className={styles['squeezed']}>Outside hours</span>}
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Times at which all can come: the first one begins, the last one is over. */
export function TogetherOffers({ together, day }: { together: Together; day: Day }) {
  const zone = useZone()
  const today = useToday()
  const nameOf = (id: string) => day.providers.filter((provider) => provider.id === id).map(providerName)[0]
  return (
    <section aria-labelledby="together-title">
      <div className={styles['groupLabel']}>
        <span id="together-title">Next times for all of them</span>
        <span>press a number</span>
      </div>
      {together.offers.length === 0 && <p className={styles['quiet']}>{together.isSearching ? 'Looking …' : 'No time in the next nine weeks fits all of them. Try another way, or another provider.'}</p>}
      <ol role="list" className={styles['offers']}>
        {together.offers.map(({ slots }, i) => {
          const [first] = slots
          if (!first) return null
          return (
            <li key={slots.map((slot) => `${slot.providerId} ${slot.startsAt}`).join()}>
              <button type="button" className={styles['offer']} data-tall data-first={i === 0 || undefined} aria-disabled={together.isRunning || undefined} aria-keyshortcuts={String(i + 1)} onClick={() => together.take(i)}>
                <KeyHint keys={String(i + 1)} />
                <span className={styles['offerDay']}>{nearDate(dateInZone(first.startsAt, zone), today)}</span>
                <strong>{[...new Set(slots.map((slot) => time(slot.startsAt, zone)))].join(', ')}</strong>
                <span className={styles['offerWho']}>{[...new Set(slots.map((slot) => nameOf(slot.providerId)))].join(', ')}</span>
                {first.places !== undefined && <span className={styles['soonest']}>{count(first.places, 'place')} left</span>}
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** For this visit alone; empty leaves the link of the visit type. */
export function LinkField({ booking, type }: { booking: Booking; type: AppointmentType }) {
  const { linkText } = booking.draft
  const link = readLink(linkText)
  return (
    <TextField
      label={optional('Video link')} inputMode="url" autoComplete="off" maxLength={limits.telehealth_url_chars} value={linkText} error={'problem' in link ? link.problem : undefined}
      description={linkText.trim() === '' ? (type.telehealthBase ? 'The link of the visit type is used.' : 'This visit type has no link: give one here, or later in the appointment.') : undefined}
      onChange={(event) => booking.change({ linkText: event.currentTarget.value })}
    />
  )
}
