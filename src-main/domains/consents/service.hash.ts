import { createHash } from 'node:crypto'
import type { ConsentForm } from '#shared/domains/consents/model.ts'
import { signedContent } from '#shared/domains/consents/rules.ts'
import type { StoredConsent } from './repository.ts'

/** Of everything that was signed, made when it is written and again when it is read. */
export const hashOf = (row: Omit<StoredConsent, 'hash'>, form: ConsentForm): string => createHash('sha256').update(signedContent(row, form)).digest('hex')
