import { MultiSelect, Select } from '@mantine/core'
import { useState } from 'react'
import { limits } from '#shared/kernel/limits.ts'
import { staffName, useActor, useMay } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { PasswordOnce } from '#renderer/ui/PasswordOnce.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import styles from './Patient.module.css'

type Act = 'restrict' | 'lift' | 'link' | 'unlink'

/** Who may know that this patient is here: everybody, or a few named colleagues. */
export function AccessCard({ patientId }: { patientId: string }) {
  const access = useApiQuery('access.patientAccess', { patientId })
  const mayLink = useMay('clinic.manage')
  const [act, setAct] = useState<Act>()
  const { restriction, isStaff } = access.data ?? { restriction: null, isStaff: null }
  return (
    <Card title="Access" note={restriction ? <Tag tone="bad">Restricted</Tag> : 'the whole clinic finds this patient'}>
      <QueryState query={access} what="The access of this patient" />
      {access.data && (
        <div className={styles['access']}>
          {restriction && <p>{restriction.reason}. Found only by {restriction.allowed.map(staffName).join(', ')}.</p>}
          {isStaff && <p>{staffName(isStaff)} is this patient and cannot write in this record.</p>}
          <div className={styles['accessActs']}>
            {restriction ? <ActionButton onClick={() => setAct('lift')}>Lift the restriction</ActionButton> : <ActionButton onClick={() => setAct('restrict')}>Restrict …</ActionButton>}
            {mayLink && (isStaff ? <ActionButton variant="subtle" onClick={() => setAct('unlink')}>Not a colleague</ActionButton> : <ActionButton variant="subtle" onClick={() => setAct('link')}>This is a colleague …</ActionButton>)}
          </div>
        </div>
      )}
      {act && <AccessDialog act={act} patientId={patientId} onClose={() => setAct(undefined)} />}
    </Card>
  )
}

const titles: Record<Act, string> = { restrict: 'Restrict this patient', lift: 'Lift the restriction', link: 'A colleague’s own record', unlink: 'Not a colleague’s record' }
const acts: Record<Act, string> = { restrict: 'Restrict', lift: 'Lift', link: 'Keep', unlink: 'Take away' }

function AccessDialog({ act, patientId, onClose }: { act: Act; patientId: string; onClose: () => void }) {
  const { unlock } = useSession()
  const { userId } = useActor()
  const people = useApiQuery('access.listPeople', {})
  const [allowed, setAllowed] = useState<string[]>([userId])
  const [colleague, setColleague] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const names = (people.data ?? []).map((one) => ({ value: one.userId, label: staffName(one.staff) }))
  const linked = people.data?.find((one) => one.selfPatientId === patientId)
  const missing = act === 'restrict' && (allowed.length === 0 || reason.trim() === '') ? 'Say why, and name at least one colleague.' : act === 'link' && colleague === null ? 'Choose the colleague.' : undefined
  const run = async () => {
    if (act === 'restrict') await api.access.restrictPatient({ id: newId(), patientId, reason: reason.trim(), allowedUserIds: allowed })
    else if (act === 'lift') await api.access.unrestrictPatient({ patientId })
    else if (act === 'link' && colleague !== null) await api.access.linkOwnChart({ userId: colleague, patientId })
    else if (linked) await api.access.linkOwnChart({ userId: linked.userId, patientId: null })
  }
  const submit = async (password: string) => {
    setProblem(missing)
    if (missing) return
    try {
      await unlock(password)
      await run()
      onClose()
    } catch (error) {
      setProblem(errorText(error))
    }
  }
  return (
    <PasswordOnce title={titles[act]} act={acts[act]} problem={problem} onClose={onClose} onPassword={submit}>
      {act === 'restrict' && (
        <>
          <p>Everybody else will not find this patient. On the day their time is shown as taken, without a name. In an emergency the chart can still be opened, and that is reviewed.</p>
          <MultiSelect label="Who still finds this patient" searchable data={names} value={allowed} onChange={setAllowed} />
          <TextField label="Why" autoComplete="off" maxLength={limits.line_chars} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        </>
      )}
      {act === 'link' && <Select label="Colleague" searchable data={names} value={colleague} onChange={setColleague} />}
    </PasswordOnce>
  )
}
