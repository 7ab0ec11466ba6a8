import { type ReactNode, useState } from 'react'
import type { Tile } from '#shared/domains/session/model.ts'
import { staffName } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import type { KeyDef } from '#renderer/app/keys/registry.ts'
import { placeOf } from '#renderer/app/seat-places.ts'
import { type SessionView, useSession } from '#renderer/rpc/session.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { CodeCard } from './CodeCard.tsx'
import { ComeBack } from './ComeBack.tsx'
import { DoorScreen } from './DoorScreen.tsx'
import './words.ts'
import { PasswordCard } from './PasswordCard.tsx'
import { NUMBERED_TILES, PeopleTiles } from './PeopleTiles.tsx'
import { PinCard } from './PinCard.tsx'
import { RecoverCard } from './RecoverCard.tsx'
import { RedeemCard } from './RedeemCard.tsx'
import { Trouble } from './Trouble.tsx'
import { lockedNote, passwordReason } from './view.door.ts'
import { personByLetter } from './view.ts'

/** After a start nobody is known, so the name is typed; once the records are open, people are tiles. */
export function SignInPage() {
  return <DoorDesk title="Sign in" />
}

/** What the card asks for: `typed` while a user name is. */
type Asked = { kind: 'person'; userId: string; withPassword?: { why: string | undefined } } | { kind: 'typed' } | { kind: 'recovery' | 'invitation' } | { kind: 'trouble'; code: string }

/** Tiles at the left, one card at the right. Whoever left last is preselected, so that their PIN is the only act. */
export function DoorDesk({ title }: { title: string }) {
  const session = useSession()
  const { people, person, phase, clinic } = session
  const [asked, setAsked] = useState<Asked>(person && phase === 'locked' ? { kind: 'person', userId: person.userId } : { kind: 'typed' })
  // A new card for each pick: its field is empty and takes the next key.
  const [picks, setPicks] = useState(0)
  const ask = (next: Asked) => {
    setAsked(next)
    setPicks((count) => count + 1)
  }
  const chosen = asked.kind === 'person' ? people.find((one) => one.userId === asked.userId) : undefined
  const choose = (tile: Tile | undefined) => ask(tile ? { kind: 'person', userId: tile.userId } : { kind: 'typed' })
  useKeys(doorKeys(people, chosen, choose, { isPin: chosen?.opensByPin === true && asked.kind === 'person' && !asked.withPassword, onLeave: () => void leave() }))
  const leave = async () => {
    if (phase === 'second-factor') await session.cancelSignIn()
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
  const isCode = phase === 'second-factor' && person !== null
  return (
    <DoorScreen clinic={clinic} title={title} idleSeconds={session.idleSeconds} card={phase === 'revoked' ? <Trouble code="MACHINE_REVOKED" /> : isCode ? <CodeCard person={person} onCode={session.giveCode} onLeave={() => void leave()} /> : <Card key={picks} asked={asked} chosen={chosen} session={session} onAsk={ask} />}>
      {people.length > 0 && <PeopleTiles people={people} chosenId={isCode ? person.userId : chosen?.userId} onChoose={(tile) => (isCode ? void session.cancelSignIn().then(() => choose(tile)) : choose(tile))} />}
    </DoorScreen>
  )
}

function Card({ asked, chosen, session, onAsk }: { asked: Asked; chosen: Tile | undefined; session: SessionView; onAsk: (next: Asked) => void }) {
  const { people, clinic } = session
  if (asked.kind === 'trouble') {
    const more = asked.code === 'DATABASE_DAMAGED' ? {} : { onRecover: () => onAsk({ kind: 'recovery' }) }
    return <Trouble code={asked.code} onRetry={() => onAsk({ kind: 'typed' })} {...more} />
  }
  if (asked.kind === 'recovery') return <RecoverCard onBack={() => onAsk({ kind: 'typed' })} />
  if (asked.kind === 'invitation') return <RedeemCard onBack={() => onAsk({ kind: 'typed' })} />
  const place = chosen?.seat ? (placeOf(chosen.seat) ?? 'your work') : undefined
  const note = chosen && clinic ? lockedNote(chosen, clinic.timeZone) : undefined
  const withPassword = asked.kind === 'person' ? asked.withPassword : undefined
  if (chosen?.opensByPin && !withPassword) {
    return (
      <PinCard
        tile={chosen} note={note} place={place} helper={helperOf(people, chosen)} onPin={(pin) => session.openByPin({ userId: chosen.userId, pin })}
        onPassword={(why) => onAsk({ kind: 'person', userId: chosen.userId, withPassword: { why } })}
        onLeave={() => document.activeElement instanceof HTMLElement && document.activeElement.blur()}
      />
    )
  }
  const waits = place !== undefined
  return (
    <PasswordCard
      person={chosen} note={note} reason={passwordReason(withPassword?.why)} submitLabel={waits ? 'Unlock' : 'Sign in'} comeBack={place !== undefined && <ComeBack place={place} />}
      onSubmit={session.signIn} onTrouble={(code) => onAsk({ kind: 'trouble', code })} more={<More people={people} chosen={chosen} onAsk={onAsk} />}
    />
  )
}

function More({ people, chosen, onAsk }: { people: readonly Tile[]; chosen: Tile | undefined; onAsk: (next: Asked) => void }): ReactNode {
  return (
    <>
      {people.length > 0 && chosen && (
        <ActionButton keyId="door.name" onClick={() => onAsk({ kind: 'typed' })}>
          Another user name
        </ActionButton>
      )}
      <ActionButton variant="subtle" onClick={() => onAsk({ kind: 'recovery' })}>
        Password lost
      </ActionButton>
      <ActionButton variant="subtle" onClick={() => onAsk({ kind: 'invitation' })}>
        I have an invitation
      </ActionButton>
    </>
  )
}

function helperOf(people: readonly Tile[], chosen: Tile): string | undefined {
  const helper = people.find((one) => one.roles.includes('administrator') && one.userId !== chosen.userId)
  return helper && staffName(helper)
}

/** A letter picks someone at once while a PIN is asked, because a PIN has none; a number once Esc has left the field. */
function doorKeys(people: readonly Tile[], chosen: Tile | undefined, choose: (person: Tile | undefined) => void, { isPin, onLeave }: { isPin: boolean; onLeave: () => void }): KeyDef[] {
  const where = 'Sign in'
  const leave: KeyDef = { id: 'door.leave', keys: 'Esc', label: 'Leave the field, then pick someone', where, inFields: true, run: onLeave }
  const byNumber = people.slice(0, NUMBERED_TILES).map((person, i): KeyDef => ({ id: `door.person.${i + 1}`, keys: String(i + 1), label: `Person ${i + 1}`, where, hidden: true, run: () => choose(person) }))
  const letters = new Set(people.flatMap((person) => [person.givenName, person.familyName]).map((name) => name.slice(0, 1).toUpperCase()).filter((letter) => /^[A-Z]$/.test(letter)))
  const byLetter = [...letters].map((letter): KeyDef => ({
    id: `door.letter.${letter}`, keys: letter, label: `Someone with ${letter}`, where, hidden: true, ...(isPin ? { inFields: true } : {}), run: () => choose(personByLetter(people, letter, chosen?.userId)),
  }))
  return [leave, { id: 'door.name', keys: '0', label: 'Type a user name', where, run: () => choose(undefined) }, ...byNumber, ...byLetter]
}
