import type { Clinic } from '#shared/domains/clinic/model.ts'
import type { Member } from '#shared/domains/network/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { PrintHeading, tableBlocks } from '#renderer/app/print/parts.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { count, date, dateTime } from '#renderer/ui/format.ts'
import { systemWords } from './view.ts'
import { holdingWords } from './words.ts'
import styles from './Network.module.css'

interface Worksheet {
  member: Member
  clinic: Clinic
  by: string
  now: string
  today: PlainDate
}

interface Line {
  key: string
  what: string
  value: string
}

/** Filled in as far as Cairn knows; the rest is asked of people, so it has lines to write on. */
export function worksheet({ member, clinic, by, now, today }: Worksheet): PrintDocument {
  const at = (instant: string) => dateTime(instant, clinic.timeZone, today)
  const known: Line[] = [
    { key: 'machine', what: 'Machine', value: `${member.name}, ${systemWords(member.os)}` },
    { key: 'id', what: 'Number', value: member.id },
    { key: 'held', what: 'What it held', value: heldWords(member) },
    { key: 'key', what: 'Protected', value: 'The records on its disk are encrypted. Cairn shows them to nobody who cannot sign in. If the computer or a stick keeps a key for it, whoever can use that opens the file itself' },
    { key: 'seen', what: 'Last seen', value: at(member.lastSeenAt) },
    { key: 'unsent', what: 'Not sent', value: member.unsent === 0 ? 'Nothing, as last reported' : `${count(member.unsent, 'change')}, as last reported: they are only on that machine` },
    { key: 'out', what: 'Taken out', value: member.revokedAt ? at(member.revokedAt) : 'Not yet. Do it now, under Machines at the host' },
    ...(member.leaseEndsAt ? [{ key: 'lease', what: 'Locks itself', value: `At the latest ${at(member.leaseEndsAt)}, also if it never sees the clinic’s network again` }] : []),
  ]
  const asked: Line[] = ['Used by, and last by whom', 'Lost or stolen where and when', 'Was anybody signed in, was it locked', 'Was a password or a PIN with it', 'Police report number', 'Told the privacy officer, on'].map((what) => ({ key: what, what, value: '' }))
  const columns = (title: string) => [{ title, width: '230px', render: (line: Line) => line.what }, { title: '', width: '1fr', render: (line: Line) => line.value || <span className={styles['blank']} /> }]
  return {
    clinic, title: 'Lost machine', subtitle: date(today), foot: 'Keep with the clinic’s record of incidents', printed: `Printed ${dateTime(now, clinic.timeZone, today)} by ${by}`,
    blocks: [
      ...tableBlocks<Line>({ key: 'known', rows: known, rowKey: (line) => line.key, columns: columns('What Cairn knows') }),
      { key: 'asked-title', node: <PrintHeading>To be asked and written down</PrintHeading>, keepWithNext: true },
      ...tableBlocks<Line>({ key: 'asked', rows: asked, rowKey: (line) => line.key, columns: columns('What people know') }),
      { key: 'todo', node: <Todo member={member} /> },
    ],
  }
}

function heldWords(member: Member): string {
  const words = holdingWords(member)
  if (member.profile === 'front-desk') return `${words}. Names, addresses, insurance, appointments and bills of all patients`
  return member.profile === null ? words : `${words}. All of it, of all patients`
}

function Todo({ member }: { member: Member }) {
  return (
    <div className={styles['todo']}>
      <PrintHeading>What to do</PrintHeading>
      <ol>
        <li>{member.revokedAt ? 'It is taken out: done.' : 'Take it out under Machines at the host.'}</li>
        <li>Give everybody who used it a new password, under Staff.</li>
        <li>Change the data key under Settings if a password or a key file may have been with it.</li>
        <li>Look under Activity at what was done with it since it was last in your hands.</li>
        <li>Decide with the privacy officer whether patients or an authority must be told; this sheet is the ground for it.</li>
      </ol>
    </div>
  )
}
