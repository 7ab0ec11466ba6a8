import type { Person } from '#shared/domains/session/model.ts'
import { staffName } from '#renderer/app/actor.tsx'
import { Person as Initials } from '#renderer/ui/Person.tsx'
import { rolesOf } from './view.ts'
import styles from './Door.module.css'

/** Who the card is about: "Rosa Delgado · Front desk · locked 9:58 am". */
export function CardHead({ person, note, titleId }: { person: Person; note?: string | undefined; titleId: string }) {
  return (
    <div className={styles['who']}>
      <Initials name={`${person.givenName} ${person.familyName}`} size={46} />
      <div>
        <h2 id={titleId}>{staffName(person)}</h2>
        <p>{[rolesOf(person.roles), note].filter(Boolean).join(' · ')}</p>
      </div>
    </div>
  )
}
