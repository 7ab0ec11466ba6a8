import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { errorText } from '#renderer/rpc/error-text.ts'
import { useSession } from '#renderer/rpc/session.ts'

export function SignInPage() {
  const { signIn } = useSession()
  const [userName, setUserName] = useState('')
  const [password, setPassword] = useState('')
  const [failed, setFailed] = useState<string>()
  return (
    <form onSubmit={(event) => {
      event.preventDefault()
      signIn({ userName, password }).catch((error: unknown) => setFailed(errorText(error)))
    }}>
      <Stack maw={360} m="auto" pt={120}>
        <TextInput label="User name" value={userName} onChange={(event) => setUserName(event.currentTarget.value)} autoFocus />
        <PasswordInput label="Password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} error={failed} />
        <Button type="submit">Sign in</Button>
      </Stack>
    </form>
  )
}
