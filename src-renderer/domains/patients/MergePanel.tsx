import { Radio } from '@mantine/core'
import type { ChartComparison, ComparedChart } from '#shared/domains/patients/model.merge.ts'
import type { EditableField } from '#shared/domains/patients/rules.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Column } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { dateTime, listDate, listName, mrn } from '#renderer/ui/format.ts'
import { IconArrowsJoin } from '#renderer/ui/icons.ts'
import { patientFieldWords as fieldWords } from '#renderer/ui/patient-fields.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import styles from './Merge.module.css'
import { useMerge, type Merging } from './useMerge.ts'
import { fieldText, heldText, obstacleTexts } from './words.merge.ts'

const both = ['a', 'b'] as const

/** Two charts side by side: which goes on, what it takes, what moves. */
export function MergePanel({ aId, bId }: { aId: string; bId: string }) {
  const compared = useApiQuery('patients.compareCharts', { aId, bId })
  if (!compared.data) return <QueryState query={compared} what="The two charts" />
  return <Compared compared={compared.data} />
}

function Compared({ compared }: { compared: ChartComparison }) {
  const merging = useMerge(compared)
  const { obstacle } = compared
  useKeys([
    { id: 'merge.run', keys: 'Ctrl+Enter', label: 'Merge the two charts', where: 'Likely duplicates', run: () => void (obstacle === null && merging.run()), inFields: true },
    { id: 'merge.apart', keys: 'N', label: 'Another person', where: 'Likely duplicates', run: () => void merging.keepApart('other-person') },
    { id: 'merge.side', keys: 'S', label: 'Let the other chart go on', where: 'Likely duplicates', run: () => merging.setSide(merging.side === 'a' ? 'b' : 'a') },
  ])
  return (
    <Column tone="canvas" head={<><IconArrowsJoin size={18} stroke={1.7} /><h2 className={styles['title']}>One person?</h2></>} foot={<Acts merging={merging} isBlocked={obstacle !== null} />}>
      <div className={styles['panel']}>
        {obstacle && <Notice tone="warn" title="These two are not merged.">{obstacleTexts[obstacle]}</Notice>}
        {merging.refusal && <Notice tone="bad" title="Not done.">{errorText(merging.refusal)}</Notice>}
        <Radio.Group aria-label="Which chart goes on" value={merging.side} onChange={(side) => merging.setSide(side === 'a' ? 'a' : 'b')}>
          <div className={styles['charts']}>{both.map((side) => <Chart key={side} side={side} chart={compared[side]} goesOn={merging.side === side} />)}</div>
        </Radio.Group>
        <Fields compared={compared} merging={merging} />
        <p className={styles['moves']}>
          <b>{heldText(merging.absorbed.held)}</b> and everything else of MRN <span className="code">{mrn(merging.absorbed.patient.mrn)}</span> move to MRN <span className="code">{mrn(merging.survivor.patient.mrn)}</span>. The old number and names still find the patient. A merge can be taken back; signed notes and the ledger stay word for word.
        </p>
      </div>
    </Column>
  )
}

function Chart({ side, chart, goesOn }: { side: 'a' | 'b'; chart: ComparedChart; goesOn: boolean }) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const block = useCommand('patients.setMergeBlock')
  const { patient, held, registeredAt, lastSeenOn } = chart
  return (
    <section className={styles['chart']} data-goes-on={goesOn || undefined} aria-label={`Chart ${mrn(patient.mrn)}`}>
      <Radio value={side} label={<b>{listName(patient)}</b>} description={goesOn ? 'goes on' : 'its rows move'} />
      <span>
        MRN <span className="code">{mrn(patient.mrn)}</span> · {lastSeenOn ? `last seen ${listDate(lastSeenOn, today)}` : 'not seen yet'}
      </span>
      <span>registered {dateTime(registeredAt, zone, today)}</span>
      <span>{heldText(held)}</span>
      <span className={styles['small']}>
        <ActionButton variant="subtle" size="compact-xs" onClick={() => go(paths.patient(patient.id))}>Open</ActionButton>
        <ActionButton variant="subtle" size="compact-xs" running={block.isRunning} onClick={() => void block.run({ patientId: patient.id, isBlocked: !chart.isMergeBlocked }).catch(() => undefined)}>
          {chart.isMergeBlocked ? 'May be merged' : 'Never merge this chart'}
        </ActionButton>
      </span>
    </section>
  )
}

/** Fields that differ are chosen one by one; those that agree are one line. */
function Fields({ compared, merging }: { compared: ChartComparison; merging: Merging }) {
  const { differing } = merging
  const same = Object.keys(compared.a.fields).filter((field) => !differing.includes(field as EditableField) && compared.a.fields[field]).map((field) => (fieldWords[field] ?? field).toLowerCase()) // The keys of the model.
  return (
    <Card title="What differs" note={differing.length === 0 ? 'nothing' : 'the marked values stay'} flush>
      {differing.map((field) => (
        <Radio.Group key={field} aria-label={fieldWords[field] ?? field} value={merging.sideOf(field)} onChange={(side) => merging.choose(field, side === 'a' ? 'a' : 'b')}>
          <div className={styles['field']}>
            <span>{fieldWords[field] ?? field}</span>
            {both.map((side) => <Value key={side} side={side} of={fieldWords[field] ?? field} text={fieldText(field, compared[side].fields[field] ?? null)} />)}
          </div>
        </Radio.Group>
      ))}
      {same.length > 0 && <p className={styles['same']}>The same in both: {same.join(', ')}.</p>}
    </Card>
  )
}

const Value = ({ side, of, text }: { side: 'a' | 'b'; of: string; text: string | null }) => (text === null ? <span className={styles['gap']}>nothing</span> : <Radio value={side} label={text} aria-label={`${of}: ${text}`} />)

function Acts({ merging, isBlocked }: { merging: Merging; isBlocked: boolean }) {
  return (
    <div className={styles['acts']}>
      <ActionButton keyId="merge.apart" onClick={() => void merging.keepApart('other-person')}>Another person</ActionButton>
      <ActionButton onClick={() => void merging.keepApart('twin-or-relative')}>Twin or relative</ActionButton>
      <span className={styles['space']} />
      {isBlocked && <Tag tone="warn">Not to be merged</Tag>}
      <ActionButton variant="filled" keyId="merge.run" running={merging.isRunning} disabledReason={isBlocked && 'The reason stands above.'} reasonAt="hidden" onClick={() => void merging.run()}>
        Merge
      </ActionButton>
    </div>
  )
}
