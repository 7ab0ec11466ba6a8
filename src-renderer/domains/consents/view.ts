import type { ConsentForm, PatientConsent } from '#shared/domains/consents/model.ts'
import { standingOf, type Asked, type Standing } from '#shared/domains/consents/rules.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import { listDate } from '#renderer/ui/format.ts'
import { signatureWords } from './words.ts'

export interface FormLine { form: ConsentForm; standing: Standing }

/** What the clinic asks, and where each of it stands for one patient. */
export const formLines = (forms: readonly ConsentForm[], consents: readonly PatientConsent[], asked: Asked): FormLine[] =>
  forms.filter((form) => form.isActive).map((form) => ({ form, standing: standingOf(form, consents, asked) }))

/** "valid to 4 Mar 2027", "refused 4 Mar: wants to read it". */
export function standingWords(standing: Standing, { today, zone }: { today: PlainDate; zone: string }): string {
  if (standing.is === 'missing') return 'not signed yet'
  const on = listDate(dateInZone(standing.by.decidedAt, zone), today)
  switch (standing.is) {
    case 'valid':
      return standing.until === null ? `signed ${on}` : standing.until === today ? 'signed for this visit' : `valid to ${listDate(standing.until, today)}`
    case 'ended':
      return `signed ${on}, to be signed again`
    case 'text-changed':
      return `signed ${on}, the text has changed`
    case 'refused':
      return `refused ${on}: ${standing.by.reason ?? ''}`
    case 'withdrawn':
      return `taken back ${on}: ${standing.by.reason ?? ''}`
  }
}

/** "Signed on the screen by Luis Lopez (Father)". */
export function decisionWords({ decision, how, signerName, relation }: PatientConsent): string {
  const who = relation ? `${signerName} (${relation})` : signerName
  if (decision === 'signed') return `Signed ${how ? signatureWords[how] : ''} by ${who}`
  return decision === 'refused' ? `Refused by ${who}` : `Taken back by ${who}`
}
