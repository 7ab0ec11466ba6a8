import type { AttentionItem } from '#shared/domains/network/model.ts'
import { useMay, useZone } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { duration, listName, mrn, nearTime, time } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { minutesBetween } from '#shared/kernel/time.ts'
import { KeyHint, useKeys } from '../keys/keys.tsx'
import { useGo } from '../navigation.ts'
import { Column } from '../Screen.tsx'
import { useClinic } from './useClinic.ts'
import { useSteps } from './useSteps.ts'
import { mergedRows, placeOf, stepsOf, takenBy, wantedLine } from './view.ts'
import { kindTags, reasonOf, titleOf } from './words.ts'
import styles from './AttentionPage.module.css'

/** Both sides, the rule in a sentence, and the next steps, each one key. */
export function AttentionDetail({ item, place, of }: { item: AttentionItem; place: number; of: number }) {
  const zone = useZone()
  const go = useGo()
  const where = placeOf(item, zone)
  useKeys(where ? [{ id: 'attention.open', keys: 'O', label: where.label, where: 'Attention', run: () => go(where.path) }] : [])
  return (
    <Column head={<><h2 className={styles['detailTitle']}>{titleOf(item)}</h2><span className={styles['place']}>{place} of {of}</span></>} foot={where && <ActionButton keyId="attention.open" onClick={() => go(where.path)}>{where.label}</ActionButton>}>
      <div className={styles['detail']}>
        <h3>What happened</h3>
        {item.kind === 'merged' ? <Merged item={item} /> : <Sides item={item} />}
        <p>{reasonOf(item)}</p>
        <NextSteps item={item} />
      </div>
    </Column>
  )
}

function Sides({ item }: { item: AttentionItem }) {
  const clinic = useClinic()
  const { zone, today } = clinic
  const { patient } = item
  return (
    <div className={styles['sides']}>
      <div>
        <small>{item.byName}, {nearTime(item.doneAt, zone, today)}{item.deviceName && `, at ${item.deviceName}`}</small>
        {patient && <strong>{patient.name}</strong>}
        {patient && <span>MRN <span className="code">{mrn(patient.mrn)}</span></span>}
        <span>{wantedLine(item, clinic)}</span>
        <Tag tone={kindTags[item.kind].tone}>{kindTags[item.kind].words}</Tag>
      </div>
      <Theirs item={item} />
    </div>
  )
}

/** Who was first. Only for those who may see the schedule, and without a name where the patient is restricted. */
function Theirs({ item }: { item: AttentionItem }) {
  const zone = useZone()
  const taken = takenBy(item)
  const maySee = useMay('appointment.read')
  const query = useApiQuery('scheduling.details', { id: taken?.conflictingId ?? item.id }, { enabled: taken !== undefined && maySee })
  const other = query.data?.appointment
  if (!taken || !other) return null
  return (
    <div>
      <small>First at the host</small>
      <strong>{listName(other.patient)}</strong>
      <span>{[other.typeName, duration(minutesBetween(other.startsAt, other.endsAt))].filter(Boolean).join(', ')}</span>
      <span>{time(other.startsAt, zone)}</span>
      <Tag tone="info">Booked</Tag>
    </div>
  )
}

function Merged({ item }: { item: AttentionItem }) {
  const clinic = useClinic()
  return (
    <>
      {item.patient && <strong>{item.patient.name}</strong>}
      <table className={styles['merged']} aria-label="Fields that two people changed">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours, {nearTime(item.doneAt, clinic.zone, clinic.today)}</th>
            <th scope="col">Theirs, as it stands</th>
          </tr>
        </thead>
        <tbody>
          {mergedRows(item.data).map((row) => (
            <tr key={row.field}>
              <th scope="row">{row.field}</th>
              <td>{row.mine}</td>
              <td>{row.theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function NextSteps({ item }: { item: AttentionItem }) {
  const clinic = useClinic()
  const steps = useSteps(item)
  const choices = stepsOf(item, steps.offered, clinic)
  useKeys(choices.map((step, i) => ({ id: `attention.step-${i + 1}`, keys: String(i + 1), label: `Next step ${i + 1}`, where: 'Attention', run: () => steps.take(step) })))
  return (
    <>
      <h3>Next step</h3>
      {steps.problem && <div role="alert"><Notice tone="bad">{steps.problem}</Notice></div>}
      <ol role="list" className={styles['steps']}>
        {choices.map((step, i) => (
          <li key={step.label}>
            <button type="button" aria-keyshortcuts={String(i + 1)} aria-busy={steps.isRunning || undefined} onClick={() => steps.take(step)}>
              <KeyHint keys={String(i + 1)} />
              <span>
                <strong>{step.label}</strong>
                <small>{step.note}</small>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}
