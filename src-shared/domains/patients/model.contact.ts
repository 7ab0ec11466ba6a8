import * as z from 'zod'
import { Id } from '../../kernel/ids.ts'
import { PlainDate } from '../../kernel/time.ts'

/** By what somebody would rather hear from the clinic. */
export const channels = ['call', 'text', 'email', 'letter'] as const
export type Channel = (typeof channels)[number]

/** Why nobody expects a patient any more. The record stays; searches put it last, and nobody is called. */
export const inactiveReasons = ['moved', 'left', 'not-reached', 'other'] as const
export type InactiveReason = (typeof inactiveReasons)[number]

/** What whoever picks up the phone has to know first. Of somebody who may not be known there is no line. */
export const ContactFacts = z.object({
  id: Id,
  language: z.string().nullable(),
  interpreter: z.enum(['needed']).nullable(),
  preferredChannel: z.enum(channels).nullable(),
  bestTimes: z.string().nullable(),
  messages: z.enum(['never']).nullable(),
  workCalls: z.enum(['never']).nullable(),
  contactBan: z.enum(['asked']).nullable(),
  /** That there is one: where it is stands on the patient's page. */
  isConfidential: z.boolean(),
  deceasedOn: PlainDate.nullable(),
  inactiveReason: z.enum(inactiveReasons).nullable(),
})
export type ContactFacts = z.infer<typeof ContactFacts>
