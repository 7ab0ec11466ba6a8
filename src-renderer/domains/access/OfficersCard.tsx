import { useState } from 'react'
import { staffName } from '#renderer/app/actor.tsx'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { PasswordOnce } from '#renderer/ui/PasswordOnce.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import styles from './Access.module.css'

/** Who answers for privacy: a flag beside the role, so a doctor or a nurse can hold it. */
export function OfficersCard() {
  const people = useApiQuery('access.listPeople', {})
  const { unlock } = useSession()
  const [asked, setAsked] = useState<{ userId: string; isOfficer: boolean }>()
  const [problem, setProblem] = useState<string>()
  const change = async (password: string) => {
    if (!asked) return
    setProblem(undefined)
    try {
      await unlock(password)
      await api.access.setPrivacyOfficer(asked)
      setAsked(undefined)
    } catch (error) {
      setProblem(errorText(error))
    }
  }
  return (
    <Card title="Privacy officers" note="they review emergency access" flush>
      <QueryState query={people} what="The list of people" />
      {people.data?.map((one) => (
        <div key={one.userId} className={styles['person']}>
          <span>{staffName(one.staff)}</span>
          {one.isPrivacyOfficer && <Tag tone="ok">Privacy officer</Tag>}
          <ActionButton size="compact-xs" aria-label={`${one.isPrivacyOfficer ? 'Take back from' : 'Name'} ${staffName(one.staff)}`} onClick={() => setAsked({ userId: one.userId, isOfficer: !one.isPrivacyOfficer })}>
            {one.isPrivacyOfficer ? 'Take back' : 'Name as officer'}
          </ActionButton>
        </div>
      ))}
      {asked && <PasswordOnce title="Change who answers for privacy" act={asked.isOfficer ? 'Name as officer' : 'Take back'} problem={problem} onClose={() => setAsked(undefined)} onPassword={change} />}
      {!asked && problem && <Notice tone="bad">{problem}</Notice>}
    </Card>
  )
}
