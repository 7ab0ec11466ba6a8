import type { Clinic } from '#shared/domains/clinic/model.ts'
import type { ConsentDocument } from '#shared/domains/consents/model.ts'
import { readStrokes } from '#shared/domains/consents/rules.signature.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { dateInZone, type Instant } from '#shared/kernel/time.ts'
import { PrintHeading, PrintNote, PrintParties, PrintParty } from '#renderer/app/print/parts.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { bannerName, born, date, listName, mrn, time } from '#renderer/ui/format.ts'
import styles from '../Consents.module.css'
import { SignatureDrawing } from '../SignaturePad.tsx'
import { decisionWords } from '../view.ts'

interface Printing { document: ConsentDocument; patient: Patient; clinic: Clinic; by: string; now: Instant }

/** What was signed, word for word, with the signature and who stood by. */
export function consentPages({ document, patient, clinic, by, now }: Printing): PrintDocument {
  const { consent, text, isIntact } = document
  const at = (instant: Instant) => `${date(dateInZone(instant, clinic.timeZone))} ${time(instant, clinic.timeZone)}`
  return {
    clinic,
    title: consent.formName,
    subtitle: `Version ${consent.formVersion} · ${date(dateInZone(consent.decidedAt, clinic.timeZone))}`,
    foot: `${listName(patient)} · MRN ${mrn(patient.mrn)}`,
    printed: `Printed ${at(now)} by ${by}`,
    blocks: [
      {
        key: 'patient',
        node: (
          <PrintParties>
            <PrintParty label="Patient"><strong>{bannerName(patient)}</strong><span>{born(patient.birthDate)}</span><span>MRN <span className="code">{mrn(patient.mrn)}</span></span></PrintParty>
            <PrintParty label="Decision"><strong>{decisionWords(consent)}</strong><span>{at(consent.decidedAt)}</span><span>Witness: {consent.witness}</span></PrintParty>
          </PrintParties>
        ),
      },
      ...text.split('\n\n').map((paragraph, index) => ({ key: `text-${index}`, node: <p className={styles['paragraph']}>{paragraph}</p> })),
      ...(consent.reason ? [{ key: 'reason', node: <PrintNote title={consent.decision === 'refused' ? 'Not signed' : 'Taken back'}>{consent.reason}</PrintNote> }] : []),
      { key: 'signature', node: <Signed document={document} /> },
      { key: 'hash', node: <p className={styles['hash']}>{isIntact ? 'Unchanged since it was signed. SHA-256' : 'NOT AS IT WAS SIGNED: this record was altered. SHA-256 at signing'} <span className="code">{consent.hash}</span></p> },
    ],
  }
}

function Signed({ document: { consent, signature } }: { document: ConsentDocument }) {
  if (consent.decision !== 'signed') return null
  const strokes = consent.how === 'drawn' && signature !== null ? readStrokes(signature) : undefined
  return (
    <>
      <PrintHeading>Signature</PrintHeading>
      {strokes && <SignatureDrawing strokes={strokes} name={consent.signerName} />}
      {consent.how === 'typed' && <p className={styles['typed']}>{signature}</p>}
      <p>{consent.how === 'paper' ? `Signed on paper by ${consent.signerName}; the paper is kept.` : consent.relation ? `${consent.signerName} (${consent.relation})` : consent.signerName}</p>
    </>
  )
}
