import type { ErrorTexts } from '#renderer/rpc/error-text.ts'

export const errorTexts: ErrorTexts = {
  LIKELY_DUPLICATE: 'Somebody very like this is registered already. Use that patient, or say why this is another person.',
  BIRTH_DATE_NOT_POSSIBLE: 'The birth date is ahead of today or too long ago. Check the year.',
  DECEASED_DATE_NOT_POSSIBLE: 'The date of death must lie between the birth and today.',
  PHOTO_NOT_READABLE: 'This file is no picture that Cairn can read. Take a JPEG or PNG.',
  PHOTO_TOO_LARGE: 'The picture is still too large after it was made smaller. Take another one.',
}
