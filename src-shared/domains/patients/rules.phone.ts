import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min'

/** Numbers without a country code are read in the clinic's own country. */
export const HOME_COUNTRY: CountryCode = 'US'

/**
 * A phone number as it is kept: E.164 where it can be read as a number, else as it was written ("ask at the shelter").
 * Length decides, not the numbering plan: a number from a plan that is newer than this program must not be lost.
 */
export function readPhone(text: string, country: CountryCode = HOME_COUNTRY): string | null {
  const written = text.trim()
  if (written === '') return null
  const number = parsePhoneNumberFromString(written, country)
  if (!number?.isPossible()) return written
  return number.ext ? `${number.number} ext. ${number.ext}` : number.number
}

/** True when the text was understood as a number; the form says so when it was not. */
export const isReadablePhone = (kept: string): boolean => /^\+\d{7,15}( ext\. \d+)?$/.test(kept)

/** The national digits, by which people ask for a number: without country code and extension. */
export function digitsOfPhone(kept: string, country: CountryCode = HOME_COUNTRY): string | null {
  // As nearly all are kept, and bare digits: reading them as a number again would be most of the cost of a search.
  if (country === 'US' && /^(\+1\d{10}|[2-9]\d{0,9})$/.test(kept)) return kept.replace('+1', '')
  const number = parsePhoneNumberFromString(kept, country)
  const digits = number?.isPossible() ? number.nationalNumber : kept.replace(/\D/g, '')
  return digits === '' ? null : digits
}
