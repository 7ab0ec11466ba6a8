import { useEffect } from 'react'
import { noteSections, type NoteSection } from '#shared/domains/encounters/model.ts'
import type { NoteDetail, Visit } from '#shared/domains/encounters/model.chart.ts'
import { signProblems } from '#shared/domains/encounters/rules.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ChartBanner } from '#renderer/ui/ChartBanner.tsx'
import { DraftChip } from '#renderer/ui/DraftChip.tsx'
import { Diagnoses } from './Diagnoses.tsx'
import { DraftCopies } from './DraftCopies.tsx'
import { NoteAside } from './NoteAside.tsx'
import { ObjectiveFacts } from './ObjectiveFacts.tsx'
import { useNoteDraft, type NoteDraft } from './useNoteDraft.ts'
import { useSign } from './useSign.ts'
import { SensitivityChoice } from './SensitivityChoice.tsx'
import { sectionNames } from './words.ts'
import styles from './Note.module.css'

/** Text at the left, what follows from it at the right. */
export function NoteEditor({ visit, mine }: { visit: Visit; mine: NoteDetail | undefined }) {
  const go = useGo()
  const note = useNoteDraft(visit.encounter.id, mine)
  const maySign = useMay('note.sign')
  const mayUseStock = useMay('stock.use')
  const mayPrescribe = useMay('prescription.prepare')
  const copies = mine?.copies ?? []
  const problems = signProblems(note.text, visit.diagnoses, copies)
  const signing = useSign({ visit, note, problems })
  const last = useLastNote(visit)
  const leave = () => void note.draft.flush().then(() => go(paths.chart(visit.patient.id)))
  const prescribe = () => void note.draft.flush().then(() => go(paths.prescribeAt(visit.encounter.id)))
  const focusSection = (section: NoteSection) => document.getElementById(section === 'assessment' && maySign ? 'diagnosis-search' : `note-${section}`)?.focus()
  useRestoredCursor(note.cursor)
  useKeys([
    ...noteSections.map((section, i) => ({ id: `note.${section}`, keys: `Alt+${i + 1}`, label: sectionNames[section], where: 'Note', run: () => focusSection(section) })),
    ...(maySign ? [{ id: 'note.sign', keys: 'Ctrl+Enter', label: 'Sign and charge', where: 'Note', run: signing.sign }] : []),
    ...(mayPrescribe ? [{ id: 'note.prescribe', keys: 'Alt+R', label: 'Prescribe', where: 'Note', run: prescribe }] : []),
    { id: 'note.copy-last', keys: 'Ctrl+Shift+L', label: 'Copy last note', where: 'Note', when: () => last !== undefined, run: () => last && note.add(last) },
    ...(mayUseStock ? [{ id: 'note.stock', keys: 'Alt+U', label: 'Use stock', where: 'Note', run: () => go(paths.useStock(visit.encounter.id)) }] : []),
    { id: 'note.leave', keys: 'Esc', label: 'Save, finish later', where: 'Note', inFields: true, run: leave },
  ])
  return (
    <Screen
      title="Note" body="fill" meta={<DraftChip draft={note.draft} />}
      banner={<ChartBanner patient={visit.patient} allergies={visit.allergies} visit={visit.visit} glassUntil={visit.glassUntil} />}
      aside={<NoteAside visit={visit} signing={signing} problems={problems} onLeave={leave} onPrescribe={mayPrescribe ? prescribe : undefined} />} asideWidth={424}
    >
      <div className={styles['head']}>
        <b>{visit.encounter.reason ?? 'Visit note'}</b>
        <span className={styles['hint']}>{visit.observations.length > 0 ? 'vitals filled in' : 'no vitals recorded yet'}</span>
        <SensitivityChoice value={note.sensitivity} onChange={note.classify} />
        {last && <span className={styles['headKeys']}><KeyHint of="note.copy-last" /> copy last</span>}
      </div>
      <div className={styles['scroll']} data-region="note">
        <DraftCopies copies={copies} onAdd={note.add} />
        {noteSections.map((section, i) => (
          <section key={section} className={styles['section']}>
            <div className={styles['label']}>
              <label htmlFor={`note-${section}`}>{sectionNames[section]}</label>
              <KeyHint keys={`Alt+${i + 1}`} />
            </div>
            <div className={styles['content']}>
              {section === 'objective' && <ObjectiveFacts visit={visit} />}
              {section === 'assessment' && <Diagnoses visit={visit} mayChange={maySign} />}
              <textarea
                id={`note-${section}`} className={styles['text']} value={note.text[section]} rows={section === 'assessment' ? 1 : 2} spellCheck
                onChange={(event) => note.write(section, event.currentTarget.value, event.currentTarget.selectionStart)}
              />
            </div>
          </section>
        ))}
      </div>
    </Screen>
  )
}

/** The author's cursor where it was, in this window or another; a new note begins in its first section. */
function useRestoredCursor(cursor: NoteDraft['cursor']): void {
  useEffect(() => {
    const field = document.getElementById(`note-${cursor?.section ?? 'subjective'}`)
    if (!(field instanceof HTMLTextAreaElement)) return
    const offset = cursor?.offset ?? 0
    field.focus({ preventScroll: cursor === null })
    field.setSelectionRange(offset, offset)
  }, [cursor])
}

/** The text of the last signed note of this patient, to begin from. */
function useLastNote(visit: Visit) {
  const notes = useApiQuery('encounters.listNotes', { patientId: visit.patient.id, limit: 5 })
  const row = notes.data?.find((one) => one.status === 'signed' && one.encounterId !== visit.encounter.id)
  const before = useApiQuery('encounters.encounter', { id: row?.encounterId ?? '' }, { enabled: row !== undefined })
  const found = before.data?.notes.find((one) => one.id === row?.id && !one.isHidden && one.sensitivity === 'normal')
  return found && { subjective: found.subjective, objective: found.objective, assessment: found.assessment, plan: found.plan }
}
