import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { Instant, PlainDate } from '../../kernel/time.ts'

/** Where somebody stands on the way through the clinic today; `stageOf` says it of an appointment. */
export const flowStages = ['expected', 'waiting', 'roomed', 'with-doctor', 'check-out', 'left'] as const
export type FlowStage = (typeof flowStages)[number]

/** What the waiting room reads of whoever is called: never a name. */
export const displayShows = ['number', 'initials'] as const

const minutes = z.int().min(1).max(240)
export const FlowSettings = z.object({
  /** A stage that lasts so long is amber, then red. */
  amberMin: minutes,
  redMin: minutes,
  displayShows: z.enum(displayShows),
  /** The display sounds once for each call. */
  hasChime: z.boolean(),
})
export type FlowSettings = z.infer<typeof FlowSettings>

export const usualSettings: FlowSettings = { amberMin: 15, redMin: 30, displayShows: 'number', hasChime: false }

/** A number of the day's queue. Its id is what the code on the slip says: it names nobody and means nothing outside this clinic. */
export const Ticket = z.object({ id: Id, appointmentId: Id, day: PlainDate, letter: z.string(), number: z.int().min(1) })
export type Ticket = z.infer<typeof Ticket>

export const QueueCall = z.object({ id: Id, appointmentId: Id, roomId: Id, roomName: z.string(), code: z.string(), calledAt: Instant })
export type QueueCall = z.infer<typeof QueueCall>

/** One line of the waiting room's display. */
export const ShownCall = z.object({
  id: Id,
  /** The number or the initials, as the clinic has chosen. */
  label: z.string(),
  roomName: z.string(),
  calledAt: Instant,
})
export type ShownCall = z.infer<typeof ShownCall>
