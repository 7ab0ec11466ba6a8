import { allowed } from '../../../src-main/domains/a/service.ts'
import { bPage } from '../b/BPage.ts'

export const forbidden = [allowed, bPage]
