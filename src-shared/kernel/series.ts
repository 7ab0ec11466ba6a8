/**
 * Only the host gives numbers (a patient's, a receipt's). What is written on another machine stands under a number of that
 * machine's own until the host has given the real one, and that number shows by itself that it is none: it lies below zero.
 */
export const provisional = (taken: number): number => -taken
export const isProvisional = (number: number): boolean => number < 0

/** The same of a number that is kept as text. */
const MARK = '~'
export const asText = (number: number, prefix: string): string => (isProvisional(number) ? `${MARK}${-number}` : `${prefix}${number}`)
export const isProvisionalText = (text: string): boolean => text.startsWith(MARK)
