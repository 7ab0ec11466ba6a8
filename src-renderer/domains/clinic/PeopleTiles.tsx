import type { Person } from '#shared/domains/session/contract.ts'
import { staffName } from '#renderer/app/actor.tsx'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { IconCornerDownRight, IconLogout } from '#renderer/ui/icons.ts'
import { Person as Initials } from '#renderer/ui/Person.tsx'
import { rolesOf } from './view.ts'
import styles from './Door.module.css'

interface PeopleTilesProps {
  people: readonly Person[]
  chosenId: string | undefined
  /** Who is locked at this window, and the place they come back to. */
  waiting: { userId: string; place: string } | undefined
  onChoose: (person: Person) => void
}

/** Tiles of people; the first nine have a number. */
export function PeopleTiles({ people, chosenId, waiting, onChoose }: PeopleTilesProps) {
  return (
    <section aria-label="Who is working here?" className={styles['people']}>
      <div className={styles['peopleHead']}>
        <h2>Who is working here?</h2>
        <span>
          Someone else: <KeyHint keys="Esc" /> then a letter or <KeyHint keys="1" /> … <KeyHint keys={String(Math.min(9, people.length))} />
        </span>
      </div>
      <ul role="list" className={styles['tiles']} data-many={people.length > 12 || undefined}>
        {people.map((person, index) => (
          <li key={person.userId}>
            <button type="button" className={styles['tile']} aria-pressed={person.userId === chosenId} onClick={() => onChoose(person)}>
              <span className={styles['tileTop']}>
                <Initials name={`${person.givenName} ${person.familyName}`} size={people.length > 8 ? 34 : 42} />
                {index < 9 && <KeyHint keys={String(index + 1)} />}
              </span>
              <strong>{staffName(person)}</strong>
              <span>{rolesOf(person.roles)}</span>
              <span className={styles['tileFoot']}>
                {waiting?.userId === person.userId ? <IconCornerDownRight size={14} stroke={1.8} /> : <IconLogout size={14} stroke={1.8} />}
                {waiting?.userId === person.userId ? waiting.place : 'Signed out'}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
