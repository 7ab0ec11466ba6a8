import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { duration } from '#renderer/ui/format.ts'
import { equipmentWords, roomKindWords } from '#renderer/ui/resource-words.ts'
import { readLink } from './view.series.ts'

/** Pure: a visit type as it is typed, and what it needs in one line. */
export function needsWords(type: AppointmentType): string {
  return [
    type.bufferBeforeMin > 0 && `${duration(type.bufferBeforeMin)} before`, type.bufferAfterMin > 0 && `${duration(type.bufferAfterMin)} after`,
    type.roomKind && `${roomKindWords[type.roomKind].toLowerCase()} room`, ...type.equipmentKinds.map((kind) => equipmentWords[kind]),
    type.isTelehealth && 'by video', type.capacity > 1 && `group of ${type.capacity}`,
  ].filter(Boolean).join(' · ')
}

export interface TypeDraft {
  name: string
  minutes: string
  before: string
  after: string
  places: string
  base: string
  instructions: string
}
export const draftOf = (type: AppointmentType): TypeDraft => ({
  name: type.name, minutes: String(type.durationMin), before: String(type.bufferBeforeMin), after: String(type.bufferAfterMin), places: String(type.capacity), base: type.telehealthBase ?? '', instructions: type.instructions ?? '',
})

const whole = (text: string, min: number, max: number): number | undefined => (/^\d{1,3}$/.test(text.trim()) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined)

export type TypeProblems = Partial<Record<keyof TypeDraft, string>>
type Chosen = Pick<AppointmentType, 'roomKind' | 'equipmentKinds' | 'colour' | 'feeItemId' | 'isTelehealth'>

/** The type, or what is wrong at which field. */
export function readType(before: AppointmentType, draft: TypeDraft, chosen: Chosen): { type: AppointmentType } | { problems: TypeProblems } {
  const minutes = whole(draft.minutes, limits.appointment_minutes_min, limits.appointment_minutes_max)
  const [bufferBeforeMin, bufferAfterMin] = [draft.before, draft.after].map((text) => whole(text === '' ? '0' : text, 0, limits.appointment_buffer_minutes_max))
  const capacity = whole(draft.places === '' ? '1' : draft.places, 1, limits.group_places_max)
  const link = readLink(draft.base)
  const buffer = `0 to ${limits.appointment_buffer_minutes_max} minutes.`
  const problems: TypeProblems = {
    ...(draft.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(minutes === undefined ? { minutes: `${limits.appointment_minutes_min} to ${limits.appointment_minutes_max} minutes.` } : {}),
    ...(bufferBeforeMin === undefined ? { before: buffer } : {}), ...(bufferAfterMin === undefined ? { after: buffer } : {}),
    ...(capacity === undefined ? { places: `1 to ${limits.group_places_max}.` } : capacity > 1 && chosen.equipmentKinds.length > 0 ? { places: 'A group visit holds no equipment.' } : {}),
    ...(chosen.isTelehealth && 'problem' in link ? { base: link.problem } : {}),
  }
  if (minutes === undefined || bufferBeforeMin === undefined || bufferAfterMin === undefined || capacity === undefined || Object.keys(problems).length > 0) return { problems }
  return {
    type: {
      ...before, ...chosen, name: draft.name.trim(), durationMin: minutes, bufferBeforeMin, bufferAfterMin, capacity, instructions: draft.instructions.trim() || null,
      telehealthBase: chosen.isTelehealth && 'url' in link ? link.url : null,
    },
  }
}
