import type { SetupDraft } from '#shared/domains/clinic/contract.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { nowInstant } from '#renderer/app/clock.ts'
import { api } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { refreshSession } from '#renderer/rpc/session.ts'
import { firstVisitTypes, weekdaysOpen } from './setup-draft.ts'

interface Finish { draft: SetupDraft; password: string; typed: { number: number; text: string }[]; onProgress: (done: number) => void }

/** Makes the clinic, then gives it the frame to begin with. What the frame lacks when this is cut off is added in Settings. */
export async function finishSetup({ draft, password, typed, onProgress }: Finish): Promise<void> {
  const { clinic, person, hours } = draft
  const input = {
    clinic: { ...clinic, name: clinic.name.trim(), rooms: hours.rooms },
    person: { ...person, title: person.title.trim() || null },
    password, typed,
  }
  for await (const { done } of await api.clinic.setUp(input)) onProgress(done)
  await addFrame(draft)
  refreshSession()
}

async function addFrame({ clinic, person, hours }: SetupDraft): Promise<void> {
  for (const [i, type] of firstVisitTypes.entries()) await api.scheduling.saveType({ id: newId(), ...type, isActive: true, sortOrder: i + 1 })
  await api.billing.addStarterFees({})
  if (!person.isProvider) return
  const { person: signedIn } = await api.session.state({})
  if (!signedIn) return
  const spans = [[hours.from, hours.lunchFrom], [hours.lunchTo, hours.to]].filter((span): span is [number, number] => (span[0] ?? 0) < (span[1] ?? 0))
  const week = weekdaysOpen.flatMap((weekday) => spans.map(([startMin, endMin]) => ({ id: newId(), weekday, startMin, endMin })))
  await api.scheduling.setHours({ providerId: signedIn.staffId, from: dateInZone(nowInstant(), clinic.timeZone), hours: week })
}
