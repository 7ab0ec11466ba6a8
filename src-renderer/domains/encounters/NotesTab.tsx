import { useToday } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { queryOptionsFor } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import type { TabProps } from './ChartPanel.tsx'
import { NoteItem } from './ChartRows.tsx'
import { PAGE_ROWS, Pages } from './Pages.tsx'
import styles from './Chart.module.css'

export function NotesTab({ chart }: TabProps) {
  const go = useGo()
  const today = useToday()
  const patientId = chart.patient.id
  return (
    <div className={styles['list']}>
      <Card title="Notes" note="newest first" flush>
        <Pages
          page={(before) => queryOptionsFor('encounters.listNotes', { patientId, before, limit: PAGE_ROWS })}
          cursorOf={(note) => ({ at: note.savedAt, id: note.id })} keyOf={(note) => note.id}
          row={(note) => <NoteItem note={note} today={today} onOpen={() => go(paths.note(note.encounterId))} />}
          what="The list of notes" empty="No notes yet. S starts one for today’s visit."
        />
      </Card>
    </div>
  )
}
