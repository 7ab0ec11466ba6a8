import { useState } from 'react'
import type { ContactFacts } from '#shared/domains/patients/model.contact.ts'
import type { Day } from '#shared/domains/scheduling/contract.ts'
import type { WaitListRow } from '#shared/domains/scheduling/model.wait-list.ts'
import type { Match } from '#shared/domains/scheduling/rules.wait-list.ts'
import { inOrder } from '#shared/domains/scheduling/rules.wait-list.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ContactNotes, useContactFacts } from '#renderer/ui/ContactNotes.tsx'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { ageSex, duration, listName, phone, time } from '#renderer/ui/format.ts'
import { IconHourglass } from '#renderer/ui/icons.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import type { WaitList } from './useWaitList.ts'
import { nameOf } from './view.fit.ts'
import { offerWords, standingWords, wishWords } from './view.wait-list.ts'
import panels from './Panels.module.css'
import styles from './WaitList.module.css'

interface WaitListPanelProps {
  list: WaitList
  day: Day
  /** Undefined for those who may only look. */
  onAdd: (() => void) | undefined
  onClose: () => void
}

/** Who wants to come earlier. A number gives that person the time at once, with undo: F, 1. */
export function WaitListPanel(props: WaitListPanelProps) {
  const { onAdd, onClose } = props
  return (
    <SidePanel
      title="Wait list" icon={IconHourglass} onClose={onClose}
      footer={onAdd && <ActionButton keyId="wait-list.add" onClick={onAdd}>Put somebody on the list</ActionButton>}
    >
      <Entries {...props} />
    </SidePanel>
  )
}

const NUMBERS = 5

function Entries({ list, day, onAdd }: WaitListPanelProps) {
  const zone = useZone()
  const [isAllShown, showAll] = useState(false)
  const { rows, offers, chosen } = list
  const fitting = inOrder(rows).filter((row) => offers.has(row.id))
  const shown = isAllShown ? [...fitting, ...inOrder(rows).filter((row) => !offers.has(row.id))] : fitting
  const numbered = onAdd ? fitting.slice(0, NUMBERS) : []
  const matchOf = (row: WaitListRow | undefined) => row && offers.get(row.id)
  const take = (match: Match<WaitListRow> | undefined) => void (match && list.fill(match).then((isDone) => isDone && list.choose(undefined)))
  useKeys([
    ...Array.from({ length: numbered.length }, (_, i) => ({ id: `wait-list.take-${i + 1}`, keys: String(i + 1), label: `Give the time to number ${i + 1}`, where: 'Wait list', run: () => take(matchOf(numbered[i])) })),
    ...(onAdd ? [{ id: 'wait-list.add', keys: 'N', label: 'Put somebody on the list', where: 'Wait list', run: onAdd }] : []),
    { id: 'wait-list.scope', keys: 'V', label: 'Those who fit, or all', where: 'Wait list', run: () => showAll(!isAllShown) },
  ])
  const contact = useContactFacts(shown.map((row) => row.patientId))
  const place = chosen ? `${time(chosen.slot.startsAt, zone)} ${nameOf(chosen.slot.providerId, day)}` : 'this day'
  return (
    <div className={panels['view']}>
      <ChoiceField label="Shown" value={isAllShown ? 'all' : 'fits'} onChange={(value) => showAll(value === 'all')} data={[{ value: 'fits', label: `Fits ${place} ${fitting.length}` }, { value: 'all', label: `All ${rows.length}` }]} />
      {chosen && (
        <p className={styles['place']}>
          Free {time(chosen.slot.startsAt, zone)} to {time(chosen.slot.endsAt, zone)} with {nameOf(chosen.slot.providerId, day)}.{' '}
          <button type="button" className={panels['link']} onClick={() => list.choose(undefined)}>Look at the whole day</button>
        </p>
      )}
      <QueryState query={list.query} what="The wait list" />
      {rows.length === 0 && !list.query.isPending && <EmptyState title="Nobody is waiting for an earlier time">When somebody asks for one, put them here: a time that becomes free shows who fits.</EmptyState>}
      {rows.length > 0 && shown.length === 0 && <EmptyState title={`Nobody on the list fits ${place}`}>All who wait are under All, with what they can do.</EmptyState>}
      <ol role="list" className={styles['entries']} aria-label="Waiting">
        {shown.map((row) => {
          const number = numbered.indexOf(row) + 1
          return <Entry key={row.id} row={row} facts={contact.get(row.patientId)} day={day} list={list} match={matchOf(row)} number={number > 0 ? number : undefined} mayAct={onAdd !== undefined} onTake={take} />
        })}
      </ol>
    </div>
  )
}

interface EntryProps {
  row: WaitListRow
  facts: ContactFacts | undefined
  day: Day
  list: WaitList
  match: Match<WaitListRow> | undefined
  number: number | undefined
  mayAct: boolean
  onTake: (match: Match<WaitListRow>) => void
}

function Entry({ row, facts, day, list, match, number, mayAct, onTake }: EntryProps) {
  const zone = useZone()
  const today = useToday()
  const standing = standingWords(row, zone, today)
  const name = listName(row.patient)
  return (
    <li className={styles['entry']} data-first={number === 1 || undefined}>
      <div className={styles['who']}>
        <div>
          <strong>{name}</strong> <span className={styles['meta']}>{ageSex(row.patient.birthDate, row.patient.sex, today)}</span>
        </div>
        <div>{[row.note ?? row.typeName, duration(row.durationMin)].filter(Boolean).join(', ')}</div>
        {standing && <div className={row.isUrgent ? styles['urgent'] : undefined}>{standing}</div>}
        <div className={styles['meta']}>{wishWords(row, day, today)}</div>
        {row.offer && <div className={styles['meta']}>{offerWords[row.offer]}</div>}
        <div className={styles['meta']}>{row.patient.phone ? phone(row.patient.phone) : 'No phone'} <ContactNotes facts={facts} /></div>
        <div className={match ? styles['fits'] : styles['meta']}>{match ? `Fits ${time(match.startsAt, zone)} ${nameOf(match.providerId, day)}` : 'No time yet'}</div>
        {mayAct && (
          <div className={styles['acts']}>
            <ActionButton size="compact-xs" variant="subtle" aria-label={`${name} said no`} onClick={() => void list.noteOffer(row, 'declined')}>Said no</ActionButton>
            <ActionButton size="compact-xs" variant="subtle" aria-label={`${name} did not answer`} onClick={() => void list.noteOffer(row, 'no-answer')}>No answer</ActionButton>
            <ActionButton size="compact-xs" variant="subtle" aria-label={`Take ${name} off the list`} onClick={() => void list.withdraw(row)}>Take off</ActionButton>
          </div>
        )}
      </div>
      {match && mayAct && (
        <ActionButton variant={number === 1 ? 'filled' : 'default'} aria-label={`Give ${name} ${time(match.startsAt, zone)}`} onClick={() => onTake(match)}>
          Give {time(match.startsAt, zone)} {number && <KeyHint keys={String(number)} />}
        </ActionButton>
      )}
    </li>
  )
}
