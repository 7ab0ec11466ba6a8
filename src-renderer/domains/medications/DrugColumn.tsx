import { useState } from 'react'
import type { Drug, PrescriptionOrder } from '#shared/domains/medications/model.ts'
import { directionsText, drugText } from '#shared/domains/medications/rules.sentence.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { IconSearch } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import type { Prescribing } from './usePrescribing.ts'
import { alertsOf, drugsFound, isLeftOut, scheduleText, staffText, typedDrug, type Facts } from './view.ts'
import { alertTitle } from './words.ts'
import styles from './Prescribe.module.css'

const FOUND = 6
const FAVOURITES = 8

interface Choice { key: string; title: string; note: string; warning: string | undefined; isSevere: boolean; take: () => void }

/** Words, then Ctrl and a number: what was found, what waits for a signature, and what this provider prescribes often. */
export function DrugColumn({ rx, facts, patientId }: { rx: Prescribing; facts: Facts; patientId: string }) {
  const [text, setText] = useState('')
  const [showsAll, setShowsAll] = useState(false)
  const wanted = text.trim()
  const codes = useApiQuery('codes.search', { system: 'rxnorm', text: wanted }, { enabled: wanted.length >= 2, keepPrevious: true })
  const favourites = useApiQuery('medications.favourites', {})
  const prepared = useApiQuery('medications.drafts', { patientId })
  const found = wanted.length >= 2 ? drugsFound(wanted, codes.data ?? [], 20) : []
  const leftOut = showsAll ? [] : found.filter((drug) => isLeftOut(drug, facts))
  const take = (act: () => void) => () => {
    act()
    setText('')
    setShowsAll(false)
  }
  const ofDrug = (drug: Drug): Choice => ({ key: drugText(drug), title: drugText(drug), note: scheduleText(drug.generic) ?? '', ...warningOf(drug.generic, facts), take: take(() => rx.choose(drug)) })
  const ofOrder = (key: string, order: PrescriptionOrder, note: string, act: () => void): Choice => ({ key, title: drugText(order.drug), note: [directionsText(order), note].filter(Boolean).join(' · '), ...warningOf(order.drug.generic, facts), take: take(act) })
  const typed = found.length === 0 ? typedDrug(wanted) : undefined
  const groups: { title: string; choices: Choice[] }[] = [
    { title: 'Found', choices: [...found.filter((drug) => !leftOut.includes(drug)).slice(0, FOUND).map(ofDrug), ...(typed ? [{ ...ofDrug(typed), note: 'As you wrote it, without a code' }] : [])] },
    { title: 'Ready to sign', choices: (prepared.data ?? []).map((one) => ofOrder(one.id, one.order, `by ${staffText(one.preparedBy)}`, () => rx.takePrepared(one))) },
    { title: 'Your favourites', choices: (favourites.data ?? []).slice(0, FAVOURITES).map((one) => ofOrder(one.id, one.order, '', () => rx.take(one.order))) },
  ].filter(({ choices }) => choices.length > 0)
  const numbered = groups.flatMap(({ choices }) => choices).slice(0, 9)
  useKeys(numbered.map((choice, i) => ({ id: `rx.choice.${i + 1}`, keys: `Ctrl+${i + 1}`, label: `Take line ${i + 1}`, where: 'Prescribe', inFields: true, hidden: i > 0, run: choice.take })))
  return (
    <section className={styles['find']} aria-label="Drugs" data-region="find">
      <TextField
        id="rx-search" label="Medication" value={text} autoComplete="off" spellCheck={false} data-autofocus leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />} onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || wanted.length < 2) return
          event.preventDefault()
          groups[0]?.choices[0]?.take()
        }}
      />
      {groups.map(({ title, choices }) => (
        <Group key={title} title={title} choices={choices} numberOf={(choice) => numbered.indexOf(choice) + 1} chosen={rx.order && drugText(rx.order.drug)} />
      ))}
      {wanted.length >= 2 && found.length === 0 && !typed && <p className={styles['none']} role="status">Nothing is called “{wanted}”. Write name, strength and form to prescribe it as you wrote it, like zanamivir 5 mg inhaler.</p>}
      {leftOut.length > 0 && (
        <Notice tone="bad" title="Left out because of allergy:" action={<ActionButton variant="subtle" size="compact-xs" onClick={() => setShowsAll(true)}>Show with reasons</ActionButton>}>
          {[...new Set(leftOut.map((drug) => drug.generic))].join(', ')}.
        </Notice>
      )}
    </section>
  )
}

function warningOf(generic: string, facts: Facts): Pick<Choice, 'warning' | 'isSevere'> {
  const [gravest] = alertsOf(generic, facts)
  return { warning: gravest && alertTitle(gravest), isSevere: gravest?.severity === 'severe' }
}

function Group({ title, choices, numberOf, chosen }: { title: string; choices: readonly Choice[]; numberOf: (choice: Choice) => number; chosen: string | undefined }) {
  return (
    <div>
      <h2>{title}</h2>
      <ul role="list" className={styles['options']} aria-label={title}>
        {choices.map((choice) => (
          <li key={choice.key}>
            <button type="button" className={`${styles['option']} unmistakable`} data-chosen={choice.title === chosen || undefined} onClick={choice.take}>
              <b>{choice.title}</b>
              {numberOf(choice) > 0 ? <KeyHint of={`rx.choice.${numberOf(choice)}`} /> : <span />}
              {choice.note && <small>{choice.note}</small>}
              {choice.warning && <small data-tone={choice.isSevere ? 'bad' : 'warn'}>{choice.warning}</small>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Keeps the order that stands in the form for this provider's next patients. */
export const useKeepFavourite = () => useCommand('medications.saveFavourite')
