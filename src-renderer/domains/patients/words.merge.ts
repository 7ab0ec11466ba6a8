import type { Held, HeldKind, MergeObstacle, UnmergeObstacle } from '#shared/domains/patients/model.merge.ts'
import type { Comparison } from '#shared/domains/patients/model.ts'
import type { EditableField } from '#shared/domains/patients/rules.ts'
import { count, date as dateText, phone as phoneText, sexWord } from '#renderer/ui/format.ts'

const heldWords: Readonly<Record<HeldKind, [one: string, many: string]>> = {
  appointments: ['appointment', 'appointments'], visits: ['visit', 'visits'], notes: ['note', 'notes'], facts: ['entry in the chart', 'entries in the chart'], invoices: ['invoice', 'invoices'],
  consents: ['consent', 'consents'],   payments: ['payment', 'payments'], insurance: ['insurance', 'insurances'], contacts: ['contact', 'contacts'], documents: ['document', 'documents'], prescriptions: ['prescription', 'prescriptions'], tasks: ['task', 'tasks'], other: ['other entry', 'other entries'],
}

/** "3 visits, 2 invoices". */
export const heldText = (held: readonly Held[]): string => held.map(({ kind, count: amount }) => count(amount, ...heldWords[kind])).join(', ') || 'Nothing booked or written'

const comparedWords: Readonly<Record<Comparison['field'], string>> = { name: 'name', 'birth-date': 'birth date', sex: 'sex', phone: 'phone', insurance: 'insurance' }

/** "Name (sounds alike), birth date". */
export function reasonsText(comparisons: readonly Comparison[]): string {
  const alike = comparisons.filter(({ verdict, field }) => verdict !== 'different' && field !== 'sex').map(({ field, because }) => comparedWords[field] + (because ? ` (${because.replaceAll('-', ' ')})` : ''))
  const text = alike.join(', ')
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

export function fieldText(field: EditableField, value: string | null): string | null {
  if (value === null || value === '') return null
  if (field === 'birthDate' || field === 'deceasedOn') return dateText(value)
  if (field === 'phone') return phoneText(value)
  return field === 'sex' ? sexWord(value as Parameters<typeof sexWord>[0]) : value // Of the contract's enum.
}

export const obstacleTexts: Readonly<Record<MergeObstacle, string>> = {
  'same-chart': 'It is one chart already.',
  'merged-already': 'Somebody has merged one of them meanwhile. The list shows how it is now.',
  blocked: 'One of the two is marked “do not merge”. Whoever set the mark can take it off, on the patient’s page.',
  'said-apart': 'Somebody has looked and said that these are two people.',
  restricted: 'One of them is restricted. Two people lift the restriction first; it is for one chart and does not move.',
  'two-accounts': 'Each of the two has an account of its own here. An administrator unlinks one first.',
  dates: 'With these choices the person would have died before the birth. Choose both dates from one chart.',
}
export const unmergeTexts: Readonly<Record<UnmergeObstacle, string>> = {
  undone: 'It was taken back already.',
  'later-first': 'A later merge of this chart stands on it. Take that one back first.',
  'merged-away': 'This chart is in another one by now. Take that merge back first.',
}
