import { useState } from 'react'
import type { ChartComparison } from '#shared/domains/patients/model.merge.ts'
import { differingFields, missingFields, survivorOf } from '#shared/domains/patients/rules.merging.ts'
import type { EditableField } from '#shared/domains/patients/rules.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { listName } from '#renderer/ui/format.ts'
import { showToast } from '#renderer/ui/toast-store.ts'

type Side = 'a' | 'b'

/** Which of two charts goes on and what it takes from the other; nothing that stands is replaced unless somebody says so. */
export function useMerge(compared: ChartComparison) {
  const [side, setSide] = useState<Side>(() => survivorOf(compared.a, compared.b))
  const [chosen, setChosen] = useState<Partial<Record<EditableField, Side>>>({})
  const [id] = useState(newId)
  const merge = useCommand('patients.merge')
  const unmerge = useCommand('patients.unmerge')
  const apart = useCommand('patients.keepApart')
  const [survivor, absorbed] = side === 'a' ? [compared.a, compared.b] : [compared.b, compared.a]
  const other: Side = side === 'a' ? 'b' : 'a'
  const missing = missingFields(survivor.fields, absorbed.fields)
  const differing = differingFields(compared.a.fields, compared.b.fields)
  const sideOf = (field: EditableField): Side => chosen[field] ?? (missing.includes(field) ? other : side)
  const run = () => merge.run({
    id, survivorId: survivor.patient.id, absorbedId: absorbed.patient.id,
    take: differing.filter((field) => sideOf(field) === other && (absorbed.fields[field] ?? '') !== ''),
  }).then(() => showToast({ text: 'One chart now:', strong: listName(survivor.patient), undo: () => unmerge.run({ id }) }), () => undefined)
  const keepApart = (reason: 'other-person' | 'twin-or-relative') =>
    apart.run({ aId: compared.a.patient.id, bId: compared.b.patient.id, reason }).then(() => showToast({ text: 'Kept apart, and not asked again:', strong: listName(absorbed.patient) }), () => undefined)
  return {
    side, setSide, differing, sideOf, choose: (field: EditableField, from: Side) => setChosen({ ...chosen, [field]: from }),
    survivor, absorbed, run, keepApart, isRunning: merge.isRunning || apart.isRunning, refusal: merge.refusal ?? apart.refusal,
  }
}
export type Merging = ReturnType<typeof useMerge>
