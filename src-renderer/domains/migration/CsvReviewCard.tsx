import type { CsvImport, CsvPair } from '#shared/domains/migration/csv/contract.ts'
import { api, useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { count, date, phone, sexWord } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { factWord } from './words.csv.ts'
import styles from './Import.module.css'

/** Who may be one person, side by side, the likeliest first. Whoever is not decided stays two. */
export function CsvReviewCard({ run }: { run: CsvImport }) {
  const query = useApiQuery('migration.listCsvPairs', { id: run.id }, { keepPrevious: true })
  const decide = (pair: CsvPair, decision: 'same' | 'apart') => void api.migration.decideCsvPair({ id: pair.id, decision: pair.decision === decision ? null : decision }).then(() => query.refetch())
  return (
    <Card title="The same person?" note={`${count(run.report.pairs, 'pair')}; undecided ones stay apart`} flush>
      <QueryState query={query} what="The list to review" />
      {query.data && (
        <ul className={styles['pairs']} aria-label="The same person?">
          {query.data.map((pair) => (
            <li key={pair.id} className={styles['pair']}>
              <PersonOf side={pair.left} where={`line ${pair.line}`} />
              <PersonOf side={pair.right} where={pair.patientId ? 'here already' : `line ${pair.otherLine ?? ''}`} />
              <span className={styles['quiet']}>
                Agree: {wordsOf(pair.agree)}
                <br />
                Differ: {wordsOf(pair.differ)}
              </span>
              <span className={styles['acts']}>
                <ActionButton variant={pair.decision === 'same' ? 'filled' : 'default'} aria-pressed={pair.decision === 'same'} size="xs" onClick={() => decide(pair, 'same')}>Same</ActionButton>
                <ActionButton variant={pair.decision === 'apart' ? 'filled' : 'default'} aria-pressed={pair.decision === 'apart'} size="xs" onClick={() => decide(pair, 'apart')}>Two people</ActionButton>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const wordsOf = (facts: readonly string[]): string => facts.map((fact) => factWord(fact)).join(', ') || 'nothing'

function PersonOf({ side, where }: { side: CsvPair['left']; where: string }) {
  const facts = [side.birthDate ? date(side.birthDate) : 'no birth date', sexWord(side.sex), side.phone ? phone(side.phone) : '', side.place, side.account ? `no. ${side.account}` : '', where]
  return (
    <span>
      <b>{side.familyName}, {side.givenName}</b>
      <br />
      <span className={styles['quiet']}>{facts.filter(Boolean).join(' · ')}</span>
    </span>
  )
}
