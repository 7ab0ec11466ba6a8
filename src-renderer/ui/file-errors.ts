import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

/** Words for a picked file that cannot be used; a domain that reads files spreads them into its own. */
export const fileErrorTexts: ErrorTexts = {
  FILE_NOT_FOUND: 'The file is not there any more. Choose it again.',
  FILE_EMPTY: 'The file is empty. Choose another one.',
  FILE_IS_ZIP: 'The file is a zip archive. Unpack it first, then choose the file that was in it.',
  FILE_DAMAGED: 'The file breaks off or is damaged. Fetch it once more, then try again.',
  FILE_TOO_LARGE: 'The file is too large. Choose another one.',
  IMPORT_RUNNING: 'Another import is running. Wait for it, or stop it under Attention.',
}
