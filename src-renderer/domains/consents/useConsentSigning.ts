import { useState } from 'react'
import type { ConsentForm, Signature, Signer } from '#shared/domains/consents/model.ts'
import { isMinor, isTypedName } from '#shared/domains/consents/rules.ts'
import { isSignature, writeStrokes } from '#shared/domains/consents/rules.signature.ts'
import type { PatientFile } from '#shared/domains/patients/model.ts'
import { useActor, useToday } from '#renderer/app/actor.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { dropConsentDraft, newConsentDraft, useConsentDraft, type ConsentDraft, type SignerDraft } from './consent-draft.ts'

interface About { file: PatientFile; form: ConsentForm; appointmentId: string | null; before: SignerDraft | undefined; onDone: (signer: SignerDraft) => void }

/** What is in the dialog of one form, what is missing in it, and the one act that it ends in. */
export function useConsentSigning({ file, form, appointmentId, before, onDone }: About) {
  const { userId } = useActor()
  const today = useToday()
  const { patient, contacts } = file
  const guardian = contacts.find((one) => one.isGuardian) ?? contacts.find((one) => one.relationship === 'parent' || one.relationship === 'guardian')
  const isForMinor = isMinor(patient.birthDate, today)
  const key = `${userId} ${patient.id} ${form.id}`
  const [first] = useState(() => newConsentDraft(before ?? (isForMinor ? { isRepresentative: true, name: guardian?.name ?? '', relation: guardian?.relationship === 'guardian' ? 'Legal guardian' : '' } : {})))
  const [draft, change] = useConsentDraft(key, () => first)
  const [wasTried, setTried] = useState(false)
  const sign = useCommand('consents.sign')
  const refuse = useCommand('consents.refuse')
  const patientName = [patient.givenName, patient.middleName, patient.familyName].filter(Boolean).join(' ')
  const signerName = draft.isRepresentative ? draft.name.trim() : patientName
  const problems = problemsOf(draft, signerName)
  const isRunning = sign.isRunning || refuse.isRunning

  const submit = async (): Promise<void> => {
    setTried(true)
    if (Object.values(problems).some(Boolean) || isRunning) return
    const signer: Signer = draft.isRepresentative ? { by: 'representative', name: draft.name.trim(), relation: draft.relation } : { by: 'patient' }
    const about = { id: draft.id, patientId: patient.id, formVersionId: form.id, appointmentId, signer }
    const done = await (draft.way === 'refuse' ? refuse.run({ ...about, reason: draft.reason.trim() }) : sign.run({ ...about, signature: signatureOf(draft) })).catch(() => undefined)
    if (!done) return
    dropConsentDraft(key)
    showToast({ text: draft.way === 'refuse' ? 'On record as refused:' : 'Signed:', strong: form.name })
    onDone({ isRepresentative: draft.isRepresentative, name: draft.name, relation: draft.relation })
  }
  const refusal = sign.refusal ?? refuse.refusal
  return { draft, change, submit, isRunning, signerName, isForMinor, problems: wasTried ? problems : noProblems, refused: refusal ? errorText(refusal) : undefined }
}

export type ConsentSigning = ReturnType<typeof useConsentSigning>

interface Problems { name?: string | undefined; relation?: string | undefined; drawn?: string | undefined; typed?: string | undefined; reason?: string | undefined }
const noProblems: Problems = {}

function problemsOf({ way, isRepresentative, name, relation, strokes, typed, reason }: ConsentDraft, signerName: string): Problems {
  return {
    name: isRepresentative && name.trim() === '' ? 'Say who signs.' : undefined,
    relation: isRepresentative && relation === '' ? 'Say what they are to the patient.' : undefined,
    drawn: way === 'drawn' && !isSignature(writeStrokes(strokes)) ? 'The signature is missing. Sign in the field, or choose Type the name.' : undefined,
    typed: way === 'typed' && !isTypedName(typed, signerName) ? `Type the full name: ${signerName}.` : undefined,
    reason: way === 'refuse' && reason.trim() === '' ? 'Say why it is not signed.' : undefined,
  }
}

function signatureOf({ way, strokes, typed, documentId }: ConsentDraft): Signature {
  if (way === 'typed') return { how: 'typed', name: typed }
  return way === 'paper' ? { how: 'paper', documentId } : { how: 'drawn', strokes: writeStrokes(strokes) }
}
