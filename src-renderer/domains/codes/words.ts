import type { CodeSkipReason } from '#shared/domains/codes/model.ts'
import type { ErrorTexts } from '#renderer/rpc/error-text.ts'
import { fileErrorTexts } from '#renderer/ui/file-errors.ts'

export const errorTexts: ErrorTexts = {
  ...fileErrorTexts,
  NOT_A_CODE_FILE: 'This is neither CMS’s order file nor a table of codes that Cairn knows. Nothing was changed.',
}

export const skipWords: Record<CodeSkipReason, string> = {
  BAD_LINE: 'not laid out as a code', NO_CODE: 'without a code', NO_LABEL: 'without words', BAD_CODE: 'not a code of this system', REPEATED: 'twice in the file',
}
export const reasonWords = (reason: string): string => (Object.hasOwn(skipWords, reason) ? skipWords[reason as CodeSkipReason] : reason) // Asked just before.
