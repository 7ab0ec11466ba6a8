import type { Clinic } from '#shared/domains/clinic/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { nowInstant } from '#renderer/app/clock.ts'
import { PrintNote } from '#renderer/app/print/parts.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { date } from '#renderer/ui/format.ts'
import styles from './SecondFactor.module.css'

/** The ten codes on paper; a sheet found on the floor says whose codes they are to nobody. */
export function codesDocument(clinic: Clinic, codes: readonly string[]): PrintDocument {
  const today = date(dateInZone(nowInstant(), clinic.timeZone))
  return {
    clinic,
    title: 'One-time codes',
    subtitle: today,
    foot: 'Keep this sheet where you keep your keys',
    printed: `Printed ${today}`,
    blocks: [
      { key: 'codes', node: <ol className={styles['printed']}>{codes.map((code) => <li key={code} className="unmistakable">{code}</li>)}</ol> },
      { key: 'what', node: <PrintNote title="What they are for">Each opens one sign-in when your phone is not there: type your password, then a code. Cross out what you have used. New codes make these void.</PrintNote> },
    ],
  }
}
