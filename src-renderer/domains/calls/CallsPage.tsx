import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count, nearDate } from '#renderer/ui/format.ts'
import { ConfirmList } from './ConfirmList.tsx'
import { MovedList } from './MovedList.tsx'
import { RecallList } from './RecallList.tsx'
import { RulesCard } from './RulesCard.tsx'
import { inSheetOrder, stillToCall, stillToTell } from './view.ts'
import styles from './Calls.module.css'

type Part = 'moved' | 'confirm' | 'recall' | 'rules'

/** Who is to be called: about tomorrow, and about coming again. */
export function CallsPage() {
  const today = useToday()
  const [chosen, setPart] = useState<Part>()
  const mayManage = useMay('schedule.manage')
  const day = useApiQuery('calls.listConfirmations', {})
  const sheets = useApiQuery('scheduling.callSheets', {})
  const toTell = stillToTell(inSheetOrder(sheets.data ?? []))
  // Who comes to a time that is not theirs any more has to know first.
  const part = chosen ?? (toTell > 0 ? 'moved' : 'confirm')
  const toCall = day.data ? stillToCall(day.data.appointments) : 0
  const parts = [
    ...(toTell > 0 || chosen === 'moved' ? [{ value: 'moved', label: `Moved ${toTell || ''}`.trim() }] : []),
    { value: 'confirm', label: day.data ? `Confirm ${nearDate(day.data.date, today).replace('Tomorrow', 'tomorrow')}${toCall ? ` ${toCall}` : ''}` : 'Confirm' },
    { value: 'recall', label: 'Recall' },
    ...(mayManage ? [{ value: 'rules', label: 'Recall rules' }] : []),
  ]
  return (
    <Screen
      title="Calls" meta={day.data && (toCall + toTell === 0 ? 'everybody is called' : `${count(toCall + toTell, 'patient')} to call`)} body="fill"
      strip={<div className={styles['bar']}><SegmentedControl aria-label="Calls" data={parts} value={part} onChange={(value) => setPart(value as Part)} /></div>}
    >
      {part === 'moved' && <MovedList sheets={sheets} />}
      {part === 'confirm' && <ConfirmList day={day} />}
      {part === 'recall' && <RecallList />}
      {part === 'rules' && <RulesCard />}
    </Screen>
  )
}
