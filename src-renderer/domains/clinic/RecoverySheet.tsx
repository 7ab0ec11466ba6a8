import type { Clinic } from '#shared/domains/clinic/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { nowInstant } from '#renderer/app/clock.ts'
import { PrintNote } from '#renderer/app/print/parts.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { date } from '#renderer/ui/format.ts'
import styles from './Setup.module.css'

export type SheetClinic = Pick<Clinic, 'name' | 'timeZone' | 'currency' | 'paper'>

/** One of the two sheets: the key, what it is for, where it belongs. */
export function recoveryDocument(clinic: SheetClinic, groups: readonly string[], copy: number): PrintDocument {
  const today = date(dateInZone(nowInstant(), clinic.timeZone))
  const none = { addressLine1: null, addressLine2: null, city: null, state: null, postalCode: null, phone: null }
  return {
    clinic: { id: '', name: clinic.name, timeZone: clinic.timeZone, currency: clinic.currency, paper: clinic.paper, invoicePrefix: '', isDemo: false, ...none },
    title: 'Recovery key',
    subtitle: `Copy ${copy} of 2 · ${today}`,
    foot: 'Whoever holds this sheet and the computer can read every chart',
    printed: `Printed ${today}`,
    blocks: [
      { key: 'groups', node: <PrintedGroups groups={groups} /> },
      { key: 'what', node: <div className={styles['printedNote']}><PrintNote title="What it opens">The records of this clinic and every backup of them, when no password does. On the sign-in screen choose “Password lost” and type all 14 groups. The last group is a check.</PrintNote></div> },
      { key: 'where', node: <div className={styles['printedNote']}><PrintNote title={copy === 1 ? 'This copy stays in the clinic’s safe' : 'This copy goes somewhere else'}>{copy === 1 ? 'Or in a locked drawer that two people can open.' : 'With your lawyer or bank, so that a fire does not take both.'} No photo, no e-mail, no copy in a file.</PrintNote></div> },
    ],
  }
}

function PrintedGroups({ groups }: { groups: readonly string[] }) {
  return (
    <ol className={styles['printed']}>
      {groups.map((group, index) => (
        <li key={index + 1}>
          <small>{index + 1}</small>
          <strong className="unmistakable">{group}</strong>
        </li>
      ))}
    </ol>
  )
}
