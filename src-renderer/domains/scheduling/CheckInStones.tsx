import { type ReactNode, Suspense } from 'react'
import type { ConsentForm } from '#shared/domains/consents/model.ts'
import type { Standing } from '#shared/domains/consents/rules.ts'
import type { PatientFile } from '#shared/domains/patients/model.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useContributions } from '#renderer/app/places.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { MoneyField } from '#renderer/ui/fields.tsx'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { money } from '#renderer/ui/format.ts'
import { IconAlertCircle, IconCircleCheckFilled } from '#renderer/ui/icons.ts'
import { typedOf, type CopayMethod } from './check-in-draft.ts'
import { IdentityForm } from './IdentityForm.tsx'
import type { CheckInState } from './useCheckIn.ts'
import type { CheckIn, Stone } from './view.check-in.ts'
import styles from './CheckIn.module.css'

/** The four stones, in the order in which a desk asks. */
export function CheckInStones({ state, known, file }: { state: CheckInState; known: CheckIn; file: PatientFile }) {
  const ready = known.stones.filter((stone) => stone.isReady).length
  const bodies: Record<Stone['key'], ReactNode> = {
    identity: <Identity state={state} file={file} />, insurance: <Insurance state={state} known={known} patientId={file.patient.id} />,
    consent: <Consent state={state} known={known} />, copay: <Copay state={state} known={known} patientId={file.patient.id} />,
  }
  return (
    <>
      <div className={styles['progress']} role="group" aria-label={`${ready} of ${known.stones.length} ready`}>
        {known.stones.map((stone) => <span key={stone.key} className={styles['bar']} data-ready={stone.isReady || undefined} />)}
        <span className={styles['progressText']}>{ready} of {known.stones.length} ready</span>
      </div>
      {known.stones.map((stone, at) => <StoneCard key={stone.key} stone={stone} place={at + 1} isFirstOpen={state.firstOpen === stone.key} isChosen={state.chosen === stone.key}>{bodies[stone.key]}</StoneCard>)}
      {known.missing.length > 0 && (
        <ul className={styles['missing']} aria-label="Not known yet">
          {known.missing.map((words) => <li key={words}><IconAlertCircle size={15} stroke={1.8} /> {words}</li>)}
        </ul>
      )}
    </>
  )
}

function StoneCard({ stone, place, isFirstOpen, isChosen, children }: { stone: Stone; place: number; isFirstOpen: boolean; isChosen: boolean; children: ReactNode }) {
  const Icon = stone.isReady ? IconCircleCheckFilled : IconAlertCircle
  return (
    <section id={`stone-${stone.key}`} tabIndex={-1} className={styles['stone']} data-ready={stone.isReady || undefined} data-chosen={isChosen || undefined} data-autofocus={isFirstOpen || undefined} aria-label={`${stone.name}, ${stone.isReady ? 'done' : 'open'}`}>
      <header>
        <Icon size={18} stroke={1.8} />
        <strong>{stone.name}</strong>
        <span>{stone.note}</span>
        <KeyHint keys={String(place)} className={styles['stoneKey'] ?? ''} />
      </header>
      {stone.lines.map((line) => <p key={line}>{line}</p>)}
      {children}
    </section>
  )
}

function Identity({ state, file: { patient } }: { state: CheckInState; file: PatientFile }) {
  const { draft, change, may, known } = state
  if (!may.write) return null
  if (draft.typed) return <IdentityForm patient={patient} state={state} />
  const isReady = known?.stones[0]?.isReady === true
  return (
    <div className={styles['acts']}>
      {!isReady && <ActionButton size="compact-xs" keyId="check-in.confirm" onClick={() => state.confirm('identity')}>Confirmed today</ActionButton>}
      <ActionButton size="compact-xs" variant="subtle" keyId="check-in.edit" onClick={() => change({ typed: typedOf(patient), opened: patient })}>Correct</ActionButton>
    </div>
  )
}

function Insurance({ state, known, patientId }: { state: CheckInState; known: CheckIn; patientId: string }) {
  const go = useGo()
  const contributions = useContributions()
  const { may } = state
  if (known.active.length === 0) return may.insurance && <div className={styles['acts']}><ActionButton size="compact-xs" onClick={() => go(paths.patient(patientId))}>Add insurance</ActionButton></div>
  return (
    <div className={styles['acts']}>
      {may.insurance && known.unverified.length > 0 && <ActionButton size="compact-xs" onClick={() => state.confirm('insurance')}>Checked today</ActionButton>}
      <Suspense fallback={null}>
        {known.active.map((coverage) => contributions.map(({ domain, CardScan }) => CardScan && <CardScan key={`${domain} ${coverage.id}`} coverage={coverage} />))}
      </Suspense>
    </div>
  )
}

function Consent({ state, known: { toSign } }: { state: CheckInState; known: CheckIn }) {
  if (toSign.length === 0) return null
  return (
    <>
      {toSign.map(({ form, standing }) => <p key={form.id}>{form.name}: {openWords[standing.is]}</p>)}
      {state.may.write && <div className={styles['acts']}><ActionButton size="compact-xs" onClick={state.sign}>Sign {signWords(toSign)}</ActionButton></div>}
    </>
  )
}
const signWords = (forms: readonly { form: ConsentForm }[]): string => (forms.length === 1 ? 'it now' : `all ${forms.length} now`)
const openWords: Record<Standing['is'], string> = { valid: 'signed', missing: 'not signed yet', ended: 'to be signed again', 'text-changed': 'the text has changed', refused: 'refused', withdrawn: 'taken back' }

const methods: { value: CopayMethod; label: string }[] = [{ value: 'cash', label: 'Cash' }, { value: 'card', label: 'Card' }, { value: 'check', label: 'Check' }]

function Copay({ state, known, patientId }: { state: CheckInState; known: CheckIn; patientId: string }) {
  const { clinic } = useActor()
  const go = useGo()
  const { draft, change, amountCents, takes } = state
  return (
    <>
      {takes && (
        <div className={styles['copay']}>
          <MoneyField id="check-in-amount" label="Amount" cents={amountCents} onChange={(cents) => change({ amountCents: cents ?? null })} onFocus={(event) => event.currentTarget.select()} />
          <ChoiceField label="Method" data={methods} value={draft.method} onChange={(method) => change({ method: method as CopayMethod })} /> {/* One of the choices above. */}
        </div>
      )}
      {known.olderDueCents > 0 && (
        <p>
          Also open: <strong>{money(known.olderDueCents, clinic.currency)}</strong> from before. <ActionButton size="compact-xs" variant="subtle" onClick={() => go(paths.account(patientId))}>Open the account</ActionButton>
        </p>
      )}
    </>
  )
}
