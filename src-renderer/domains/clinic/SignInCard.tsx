import { limits } from '#shared/kernel/limits.ts'
import { useState } from 'react'
import { api, useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './SecondFactor.module.css'

const minutes = [5, 10, limits.idle_seconds_max / 60] as const

/** How people get in here: the rule of the clinic, and how soon this one computer locks. */
export function SignInCard() {
  const { data } = useApiQuery('session.policy', {})
  const { idleSeconds } = useSession()
  const policy = useCommand('session.setPolicy')
  const [problem, setProblem] = useState<string>()
  const setIdle = (seconds: number) => void api.session.setIdle({ seconds }).then(() => setProblem(undefined), (error: unknown) => setProblem(errorText(error)))
  if (!data) return null
  return (
    <Card title="Sign-in" note={`${data.enrolled} of ${data.people} people have a second factor`}>
      <div className={styles['steps']}>
        <ChoiceField
          label="Second factor" data={[{ value: 'required', label: 'Asked of everyone' }, { value: 'optional', label: 'Left to each person' }]} value={data.policy}
          onChange={(value) => void policy.run({ policy: value === 'optional' ? 'optional' : 'required' }).catch(() => undefined)}
        />
        <ChoiceField
          label="This computer locks after" data={minutes.map((one) => ({ value: String(one * 60), label: one === 5 ? '5 min, a desk' : one === 10 ? '10 min, a room' : `${one} min` }))} value={String(idleSeconds)}
          onChange={(value) => setIdle(Number(value))}
        />
        <p>
          {data.policy === 'required' ? 'A person without a second factor sets it up at the next sign-in, and nobody is thrown out of their work.' : 'Each person may set one up under My sign-in. Without it a password alone opens the records.'}{' '}
          A locked or sleeping computer locks Cairn at once.
        </p>
        {(policy.refusal || problem) && <Notice tone="bad">{problem ?? errorText(policy.refusal)}</Notice>}
      </div>
    </Card>
  )
}
