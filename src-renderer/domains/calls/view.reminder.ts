import type { Confirmation } from '#shared/domains/calls/model.ts'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { longDate, phone, time } from '#renderer/ui/format.ts'

/** Pure: what a patient is reminded of, a paragraph each. The reason of the visit and its type are nobody else's business and stay out. */
export function reminderParagraphs(one: Confirmation, provider: string, clinic: Clinic): string[] {
  const zone = clinic.timeZone
  return [
    `${one.patient.givenName}, we expect you on ${longDate(dateInZone(one.startsAt, zone))} at ${time(one.startsAt, zone)}${provider ? ` with ${provider}` : ''}${one.telehealthUrl ? ', by video' : ''}.`,
    ...(one.instructions ? [one.instructions] : []),
    ...(one.telehealthUrl ? [`At that time open this link: ${one.telehealthUrl}`] : []),
    `If you cannot come, please tell us${clinic.phone ? `: ${phone(clinic.phone)}` : ''}.`,
    clinic.name,
  ]
}

export const reminderText = (...given: Parameters<typeof reminderParagraphs>): string => reminderParagraphs(...given).join('\n')
