import type { Clinic } from '#shared/domains/clinic/model.ts'
import type { PrintedPrescription } from '#shared/domains/medications/model.views.ts'
import { scheduleOf } from '#shared/domains/medications/rules.knowledge.ts'
import { directionsText, drugText, quantityInWords, quantityText, refillsText } from '#shared/domains/medications/rules.sentence.ts'
import { prescriptionNumber } from '#shared/domains/medications/rules.ts'
import { dateInZone, type Instant } from '#shared/kernel/time.ts'
import { PrintParties, PrintParty } from '#renderer/app/print/parts.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { age, bannerName, born, date, listName, mrn, sexWord, time } from '#renderer/ui/format.ts'
import styles from './Prescription.module.css'

interface Printing { page: PrintedPrescription; isUnconfirmed: boolean; clinic: Clinic; by: string; now: Instant }

/** One sheet for the pharmacy: whose, what and how taken as the largest words, how many, and a line to sign on. */
export function prescriptionPage({ page, isUnconfirmed, clinic, by, now }: Printing): PrintDocument {
  const { prescription, patient } = page
  const number = prescriptionNumber(prescription.id)
  const signedOn = date(dateInZone(prescription.signedAt, clinic.timeZone))
  return {
    clinic, title: 'Prescription', subtitle: <>No. <strong className="unmistakable">{number}</strong> · {signedOn}</>,
    foot: [listName(patient), `MRN ${mrn(patient.mrn)}`, number].join(' · '),
    printed: `Printed ${date(dateInZone(now, clinic.timeZone))} ${time(now, clinic.timeZone)} by ${by}`,
    isCopy: prescription.prints > 0,
    blocks: [
      { key: 'parties', node: <Parties page={page} on={dateInZone(prescription.signedAt, clinic.timeZone)} /> },
      { key: 'drug', node: <Order page={page} /> },
      ...(isUnconfirmed ? [{ key: 'unconfirmed', node: <p className={styles['mark']}>Issued at this machine while the clinic’s host was out of reach. Clinic check pending.</p> }] : []),
      { key: 'signature', node: <Signature page={page} signedOn={signedOn} /> },
    ],
  }
}

function Parties({ page: { patient, prescription }, on }: { page: PrintedPrescription; on: string }) {
  const { title, givenName, familyName, credentials, npi } = prescription.prescriber
  return (
    <PrintParties>
      <PrintParty label="Patient">
        <strong>{bannerName(patient)}</strong>
        <span>{born(patient.birthDate)} · {age(patient.birthDate, on)} · {sexWord(patient.sex)}</span>
        <span>MRN <span className="code">{mrn(patient.mrn)}</span></span>
        {patient.addressLines.map((line) => <span key={line}>{line}</span>)}
      </PrintParty>
      <PrintParty label="Prescriber">
        <strong>{[title, givenName, familyName].filter(Boolean).join(' ')}{credentials && `, ${credentials}`}</strong>
        {npi && <span>NPI <span className="code">{npi}</span></span>}
      </PrintParty>
    </PrintParties>
  )
}

function Order({ page: { prescription } }: { page: PrintedPrescription }) {
  const { order } = prescription
  const schedule = scheduleOf(order.drug.generic)
  const indication = order.indication && [order.indication.code, order.indication.label].filter(Boolean).join(' ')
  return (
    <div className={styles['order']}>
      <div className={styles['rx']} aria-hidden>Rx</div>
      <div className={styles['words']}>
        <p className={`${styles['drug']} unmistakable`}>{drugText(order.drug)}</p>
        <p className={styles['directions']}>{capital(directionsText(order))}</p>
        <p className={`${styles['amount']} unmistakable`}>
          Dispense {quantityText(order)}{schedule && ` (${quantityInWords(order.quantity)})`} · {schedule ? `refills: ${order.refills} (${quantityInWords(order.refills)})` : refillsText(order.refills)}
        </p>
        <p>{order.maySubstitute ? 'Generic substitution permitted.' : 'Dispense as written: no substitution.'}</p>
        {order.instructions && <p>{order.instructions}</p>}
        {indication && <p>For: {indication}</p>}
        {schedule && <p>Controlled substance, schedule {schedule}.</p>}
        <p className={styles['sentence']}>{prescription.sentence}</p>
      </div>
    </div>
  )
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function Signature({ page: { prescription }, signedOn }: { page: PrintedPrescription; signedOn: string }) {
  const { title, givenName, familyName } = prescription.prescriber
  const isControlled = scheduleOf(prescription.order.drug.generic) !== null
  return (
    <div className={styles['signature']}>
      {isControlled && <span className={styles['line']}>DEA number</span>}
      <span className={styles['line']}>Date: {signedOn}</span>
      <span className={styles['line']}>Signature, {[title, givenName, familyName].filter(Boolean).join(' ')}</span>
    </div>
  )
}
