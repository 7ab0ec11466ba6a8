import type { Visit } from '#shared/domains/encounters/model.chart.ts'
import type { Concept } from '#shared/domains/encounters/model.ts'
import { sameConcept } from '#shared/domains/encounters/rules.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { IconArrowUp, IconX } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { CodeSearch } from './CodeSearch.tsx'
import styles from './Note.module.css'

/** The diagnoses of the visit, the main one first. Words, Enter: one more. */
export function Diagnoses({ visit, mayChange }: { visit: Visit; mayChange: boolean }) {
  const add = useCommand('encounters.addDiagnosis')
  const remove = useCommand('encounters.removeDiagnosis')
  const rank = useCommand('encounters.rankDiagnosis')
  const refusal = add.refusal ?? remove.refusal ?? rank.refusal
  const isListed = (concept: Concept) => visit.problems.some((problem) => sameConcept(problem.concept, concept))
  const listedCodes = new Set(visit.problems.flatMap((problem) => problem.concept.code ?? []))
  const quiet = (): undefined => undefined
  return (
    <>
      {refusal && <Notice tone="bad">{errorText(refusal)}</Notice>}
      {visit.diagnoses.length > 0 && (
        <ol role="list" className={styles['diagnoses']} aria-label="Diagnoses">
          {visit.diagnoses.map((one) => (
            <li key={one.id} className={styles['diagnosis']}>
              <span className={styles['rank']}>{one.rank}</span>
              <span className={`${styles['code']} code`}>{one.concept.code}</span>
              <span>{one.concept.label}</span>
              <span className={styles['hint']}>{isListed(one.concept) ? 'on the problem list' : ''}</span>
              {mayChange && one.rank > 1 && (
                <ActionButton variant="subtle" size="compact-xs" aria-label={`Move ${one.concept.label} up`} onClick={() => void rank.run({ id: one.id, rank: one.rank - 1 }).catch(quiet)}><IconArrowUp size={14} /></ActionButton>
              )}
              {mayChange && (
                <ActionButton variant="subtle" size="compact-xs" aria-label={`Remove ${one.concept.label}`} onClick={() => void remove.run({ id: one.id }).catch(quiet)}><IconX size={14} /></ActionButton>
              )}
            </li>
          ))}
        </ol>
      )}
      {mayChange && (
        <CodeSearch
          id="diagnosis-search" label="Add diagnosis" alsoText="also add to the problem list" listedCodes={listedCodes} listedText="on the problem list"
          onPick={(concept, also) => void add.run({ id: newId(), encounterId: visit.encounter.id, concept, alsoProblem: also }).catch(quiet)}
        />
      )}
    </>
  )
}
