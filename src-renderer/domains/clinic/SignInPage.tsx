import { useState } from 'react'
import type { Person } from '#shared/domains/session/contract.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import type { KeyDef } from '#renderer/app/keys/registry.ts'
import { useSession } from '#renderer/rpc/session.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DoorScreen } from './DoorScreen.tsx'
import './words.ts'
import { PasswordCard } from './PasswordCard.tsx'
import { PeopleTiles } from './PeopleTiles.tsx'
import { RecoverCard } from './RecoverCard.tsx'
import { RedeemCard } from './RedeemCard.tsx'
import { Trouble } from './Trouble.tsx'
import { personByLetter } from './view.ts'

/** After a start nobody is known, so the name is typed; once the records are open, people are tiles. */
export function SignInPage() {
  const session = useSession()
  return <DoorDesk people={session.people} preselected={undefined} title="Sign in" onSignIn={session.signIn} />
}

interface DoorDeskProps {
  people: readonly Person[]
  preselected: Person | undefined
  title: string
  /** Only over a locked window: what the preselected person comes back to. */
  waiting?: { userId: string; place: string; note: string; comeBack: React.ReactNode; onUnlock: (password: string) => Promise<void> }
  onSignIn: (given: { userName: string; password: string }) => Promise<void>
}

export function DoorDesk({ people, preselected, title, waiting, onSignIn }: DoorDeskProps) {
  const { clinic } = useSession()
  const [chosen, setChosen] = useState<Person | undefined>(preselected)
  const [isRecovering, setRecovering] = useState(false)
  const [isInvited, setInvited] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  // A new card for each pick: its field is empty and takes the next key.
  const [picks, setPicks] = useState(0)
  const choose = (person: Person | undefined) => {
    setChosen(person)
    setRecovering(false)
    setInvited(false)
    setPicks((count) => count + 1)
  }
  useKeys(doorKeys(people, chosen, choose))
  const isWaiting = waiting !== undefined && chosen?.userId === waiting.userId
  const submit = (given: { userName: string; password: string }) => (isWaiting && waiting ? waiting.onUnlock(given.password) : onSignIn(given))
  const card = trouble ? (
    <Trouble code={trouble} onRetry={() => setTrouble(undefined)} {...(trouble === 'DATABASE_DAMAGED' ? {} : { onRecover: () => { setTrouble(undefined); setRecovering(true) } })} />
  ) : isInvited ? (
    <RedeemCard onBack={() => setInvited(false)} />
  ) : isRecovering ? (
    <RecoverCard onBack={() => setRecovering(false)} />
  ) : (
    <PasswordCard
      key={`${chosen?.userId ?? 'typed'} ${picks}`}
      person={chosen}
      note={isWaiting ? waiting?.note : undefined}
      submitLabel={isWaiting ? 'Unlock' : 'Sign in'}
      comeBack={isWaiting ? waiting?.comeBack : undefined}
      onSubmit={submit}
      onTrouble={setTrouble}
      more={
        <>
          {people.length > 0 && chosen && (
            <ActionButton keyId="door.name" onClick={() => choose(undefined)}>
              Another user name
            </ActionButton>
          )}
          <ActionButton variant="subtle" onClick={() => setRecovering(true)}>
            Password lost
          </ActionButton>
          <ActionButton variant="subtle" onClick={() => setInvited(true)}>
            I have an invitation
          </ActionButton>
        </>
      }
    />
  )
  return (
    <DoorScreen clinic={clinic} title={title} card={card}>
      {people.length > 0 && <PeopleTiles people={people} chosenId={chosen?.userId} waiting={waiting} onChoose={choose} />}
    </DoorScreen>
  )
}

/** A number or a letter picks someone; both work once Esc has left the password. */
function doorKeys(people: readonly Person[], chosen: Person | undefined, choose: (person: Person | undefined) => void): KeyDef[] {
  const where = 'Sign in'
  const leave: KeyDef = {
    id: 'door.leave', keys: 'Esc', label: 'Leave the password, then pick someone', where, inFields: true,
    run: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
  }
  const byNumber = people.slice(0, 9).map((person, i): KeyDef => ({ id: `door.person.${i + 1}`, keys: String(i + 1), label: `Person ${i + 1}`, where, hidden: true, run: () => choose(person) }))
  const letters = new Set(people.flatMap((person) => [person.givenName, person.familyName]).map((name) => name.slice(0, 1).toUpperCase()).filter((letter) => /^[A-Z]$/.test(letter)))
  const byLetter = [...letters].map((letter): KeyDef => ({
    id: `door.letter.${letter}`, keys: letter, label: `Someone with ${letter}`, where, hidden: true, run: () => choose(personByLetter(people, letter, chosen?.userId)),
  }))
  return [leave, { id: 'door.name', keys: '0', label: 'Type a user name', where, run: () => choose(undefined) }, ...byNumber, ...byLetter]
}
