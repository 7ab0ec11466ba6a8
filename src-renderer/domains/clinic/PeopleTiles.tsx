import type { Tile } from '#shared/domains/session/model.ts'
import { staffName } from '#renderer/app/actor.tsx'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { placeOf } from '#renderer/app/seat-places.ts'
import { IconClock, IconCornerDownRight, IconLogout, IconUserPlus } from '#renderer/ui/icons.ts'
import { Person as Initials } from '#renderer/ui/Person.tsx'
import { tileOf } from './view.door.ts'
import { rolesOf } from './view.ts'
import styles from './Door.module.css'

export const NUMBERED_TILES = 8

/** Tiles of people; the first eight have a number. A tile names the place somebody comes back to, and nothing else. */
export function PeopleTiles({ people, chosenId, onChoose }: { people: readonly Tile[]; chosenId: string | undefined; onChoose: (person: Tile) => void }) {
  return (
    <section aria-label="Who is working here?" className={styles['people']}>
      <div className={styles['peopleHead']}>
        <h2>Who is working here?</h2>
        <span>
          Someone else: a letter, or <KeyHint keys="Esc" /> then <KeyHint keys="1" /> … <KeyHint keys={String(Math.min(NUMBERED_TILES, people.length))} />
        </span>
      </div>
      <ul role="list" className={styles['tiles']} data-many={people.length > 12 || undefined}>
        {people.map((person, index) => (
          <li key={person.userId}>
            <button type="button" className={styles['tile']} aria-pressed={person.userId === chosenId} onClick={() => onChoose(person)}>
              <span className={styles['tileTop']}>
                <Initials name={`${person.givenName} ${person.familyName}`} size={people.length > 8 ? 34 : 42} />
                {index < NUMBERED_TILES && <KeyHint keys={String(index + 1)} />}
              </span>
              <strong>{staffName(person)}</strong>
              <span>{rolesOf(person.roles)}</span>
              <Foot person={person} />
            </button>
          </li>
        ))}
      </ul>
      <div className={styles['peopleFoot']}>
        <span>
          <IconClock size={15} stroke={1.8} /> A PIN works for 12 hours after a full sign-in on this computer
        </span>
        <span>
          <IconUserPlus size={15} stroke={1.8} /> Not shown here? <KeyHint keys="0" /> and your user name
        </span>
      </div>
    </section>
  )
}

function Foot({ person }: { person: Tile }) {
  const { state, text } = tileOf(person, placeOf(person.seat))
  return (
    <span className={styles['tileFoot']}>
      {state === 'waits' ? <IconCornerDownRight size={14} stroke={1.8} /> : <IconLogout size={14} stroke={1.8} />}
      {text}
    </span>
  )
}
