import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count, nearDate } from '#renderer/ui/format.ts'
import { ConfirmList } from './ConfirmList.tsx'
import { RecallList } from './RecallList.tsx'
import { RulesCard } from './RulesCard.tsx'
import { stillToCall } from './view.ts'
import styles from './Calls.module.css'

type Part = 'confirm' | 'recall' | 'rules'

/** Who is to be called: about tomorrow, and about coming again. */
export function CallsPage() {
  const today = useToday()
  const [part, setPart] = useState<Part>('confirm')
  const mayManage = useMay('schedule.manage')
  const day = useApiQuery('calls.listConfirmations', {})
  const toCall = day.data ? stillToCall(day.data.appointments) : 0
  const parts = [
    { value: 'confirm', label: day.data ? `Confirm ${nearDate(day.data.date, today).replace('Tomorrow', 'tomorrow')}${toCall ? ` ${toCall}` : ''}` : 'Confirm' },
    { value: 'recall', label: 'Recall' },
    ...(mayManage ? [{ value: 'rules', label: 'Recall rules' }] : []),
  ]
  return (
    <Screen
      title="Calls" meta={day.data && (toCall === 0 ? 'everybody is called' : `${count(toCall, 'patient')} to call`)} body="fill"
      strip={<div className={styles['bar']}><SegmentedControl aria-label="Calls" data={parts} value={part} onChange={(value) => setPart(value as Part)} /></div>}
    >
      {part === 'confirm' && <ConfirmList day={day} />}
      {part === 'recall' && <RecallList />}
      {part === 'rules' && <RulesCard />}
    </Screen>
  )
}
