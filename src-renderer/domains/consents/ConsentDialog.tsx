import { Select } from '@mantine/core'
import { useState } from 'react'
import type { ConsentForm } from '#shared/domains/consents/model.ts'
import type { PatientFile } from '#shared/domains/patients/model.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { type AskedConsent, endAskedConsent } from '#renderer/app/asked.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, FieldRow, Form } from '#renderer/ui/form.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import styles from './Consents.module.css'
import type { SignerDraft, Way } from './consent-draft.ts'
import { SignaturePad } from './SignaturePad.tsx'
import { useConsentSigning, type ConsentSigning } from './useConsentSigning.ts'
import { refusalReasons, relationChoices } from './words.ts'

const ways: { value: Way; label: string }[] = [
  { value: 'drawn', label: 'Sign here' }, { value: 'typed', label: 'Type the name' }, { value: 'paper', label: 'Signed on paper' }, { value: 'refuse', label: 'Not signed' },
]

/** One form after the other: the text to read, who signs, and the signature. */
export function ConsentDialog({ patientId, appointmentId = null, formIds }: AskedConsent) {
  const file = useApiQuery('patients.get', { id: patientId })
  const forms = useApiQuery('consents.listForms', {})
  const [at, setAt] = useState(0)
  // Whose turn it is was fixed when it was opened: a form that is signed leaves no gap behind it.
  const form = forms.data?.find((one) => one.formId === formIds[at])
  const [before, setBefore] = useState<SignerDraft>()
  const next = (signer: SignerDraft) => {
    setBefore(signer)
    if (at + 1 < formIds.length) setAt(at + 1)
    else endAskedConsent()
  }
  return (
    <Dialog title={form ? form.name : 'Consent'} size={760} onClose={endAskedConsent}>
      <QueryState query={file.isPending ? file : forms} what="The form" />
      {file.data && form && <OneForm key={form.id} file={file.data} form={form} appointmentId={appointmentId} before={before} place={{ at: at + 1, of: formIds.length }} onDone={next} />}
      {file.data && forms.data && !form && <Notice tone="warn" title="This form is not asked any more.">Close this and go on.</Notice>}
    </Dialog>
  )
}

interface OneFormProps {
  file: PatientFile
  form: ConsentForm
  appointmentId: string | null
  /** Who has just signed the form before signs this one, too, unless somebody says otherwise. */
  before: SignerDraft | undefined
  place: { at: number; of: number }
  onDone: (signer: SignerDraft) => void
}

function OneForm({ file, form, appointmentId, before, place, onDone }: OneFormProps) {
  const signing = useConsentSigning({ file, form, appointmentId, before, onDone })
  const { draft, change, problems, refused } = signing
  return (
    <Form where="Consent" submitLabel={draft.way === 'refuse' ? 'Put on record' : 'Save signature'} onSubmit={() => void signing.submit()}>
      <div className={styles['formText']} tabIndex={0} role="region" aria-label="Text of the form">
        {form.text.split('\n\n').map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      </div>
      {!form.isReviewed && <p className={styles['hint']}>This text has not been reviewed for the clinic yet.</p>}
      <WhoSigns signing={signing} />
      <ChoiceField label="How" data={ways} value={draft.way} onChange={(way) => change({ way: way as Way })} /> {/* One of the choices above. */}
      <Given file={file} signing={signing} />
      {refused && <Notice tone="bad" title="Not saved.">{refused}</Notice>}
      <div className={styles['dialogFoot']}>
        <span className={styles['hint']} role="status">{problems.drawn ?? (place.of > 1 ? `Form ${place.at} of ${place.of}` : '')}</span>
        <ActionButton variant="filled" keyId="form.submit" type="submit" running={signing.isRunning}>{draft.way === 'refuse' ? 'Put on record' : 'Save signature'}</ActionButton>
      </div>
    </Form>
  )
}

function WhoSigns({ signing: { draft, change, signerName, isForMinor, problems } }: { signing: ConsentSigning }) {
  return (
    <>
      <ChoiceField
        label={isForMinor ? 'Who signs for a minor' : 'Who signs'} value={draft.isRepresentative ? 'other' : 'patient'} onChange={(who) => change({ isRepresentative: who === 'other' })}
        data={[{ value: 'patient', label: draft.isRepresentative ? 'The patient' : signerName }, { value: 'other', label: isForMinor ? 'Parent or guardian' : 'A representative' }]}
      />
      {draft.isRepresentative && (
        <FieldRow>
          <TextField label="Name of whoever signs" maxLength={80} autoComplete="off" value={draft.name} error={problems.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <Select label="What they are to the patient" data={relationChoices} value={draft.relation || null} error={problems.relation} onChange={(relation) => change({ relation: relation ?? '' })} />
        </FieldRow>
      )}
    </>
  )
}

function Given({ file, signing: { draft, change, signerName, problems } }: { file: PatientFile; signing: ConsentSigning }) {
  const { name } = useActor()
  if (draft.way === 'drawn') return <SignaturePad strokes={draft.strokes} name={signerName || 'Whoever signs'} onChange={(strokes) => change({ strokes })} />
  if (draft.way === 'typed') {
    return (
      <TextField
        label="Full name, typed by whoever signs" description={`${name} stands by and is the witness.`} autoComplete="off" spellCheck={false} maxLength={200} data-autofocus
        value={draft.typed} error={problems.typed} onChange={(event) => change({ typed: event.currentTarget.value })}
      />
    )
  }
  if (draft.way === 'paper') return <PaperScan patientId={file.patient.id} value={draft.documentId} onChange={(documentId) => change({ documentId })} />
  return (
    <>
      <TextField label="Why it is not signed" maxLength={200} autoComplete="off" value={draft.reason} error={problems.reason} onChange={(event) => change({ reason: event.currentTarget.value })} />
      <div className={styles['reasons']} role="group" aria-label="Usual reasons">
        {refusalReasons.map((reason) => <ActionButton key={reason} size="compact-xs" aria-pressed={draft.reason === reason} onClick={() => change({ reason })}>{reason}</ActionButton>)}
      </div>
    </>
  )
}

/** The scan is one of the patient's documents; it may come later. */
function PaperScan({ patientId, value, onChange }: { patientId: string; value: string | null; onChange: (id: string | null) => void }) {
  const zone = useZone()
  const today = useToday()
  const documents = useApiQuery('patients.documents', { patientId })
  const scans = documents.data?.filter((one) => one.kind === 'consent') ?? []
  return (
    <Select
      label="Scan" clearable placeholder="Scanned later" description="Scan it under Documents on the patient’s page, as Consent." value={value} onChange={onChange}
      data={scans.map((one) => ({ value: one.id, label: `${one.title}, ${dateTime(one.addedAt, zone, today)}` }))}
    />
  )
}
