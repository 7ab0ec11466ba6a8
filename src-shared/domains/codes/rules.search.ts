import { plainCode } from './rules.ts'

/**
 * What somebody typed into a code search, split into what the index understands. Words match by
 * their beginning and in any order; something that can be a code is looked up as a code first.
 */
export type CodeSearch = {
  readonly words: readonly string[]
  /** The text as the beginning of a code, without its dot; nothing when it cannot be one. */
  readonly codePrefix: string | undefined
}

export const SEARCH_WORDS_MAX = 8

export function codeSearch(text: string): CodeSearch {
  const plain = plainCode(text)
  // A code holds a digit; 'A' or 'flu' are words. '8480-6' (LOINC) keeps its hyphen.
  const mayBeCode = /^[A-Z0-9-]{2,12}$/.test(plain) && /\d/.test(plain) && !/\s/.test(text.trim())
  return { words: searchWords(text).slice(0, SEARCH_WORDS_MAX), codePrefix: mayBeCode ? plain : undefined }
}

/** Lower case without accents, split where the full-text index splits (anything but letters and digits). */
export function searchWords(text: string): string[] {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

/** The words as an FTS5 query. Only letters and digits are left in them, so the quotes cannot be broken. */
export function ftsQuery(words: readonly string[]): string {
  return words.map((word) => alternatives(word).map(phrase).join(' OR ')).map((group) => `(${group})`).join(' AND ')
}

/** A text matches when each typed word, or what it is short for, begins one of its words. */
export function matchesWords(label: string, words: readonly string[]): boolean {
  const have = searchWords(label)
  const begins = (word: string): boolean => have.some((one) => one.startsWith(word))
  return words.every((word) => alternatives(word).some((group) => group.every(begins)))
}

function alternatives(word: string): readonly (readonly string[])[] {
  const meant = Object.hasOwn(ABBREVIATIONS, word) ? ABBREVIATIONS[word] : undefined
  return meant === undefined ? [[word]] : [[word], meant.split(' ')]
}

function phrase(words: readonly string[]): string {
  const parts = words.map((word) => `"${word}"*`)
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`
}

/** What clinicians type, in the words of the official titles (own list). */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  adhd: 'attention deficit hyperactivity',
  afib: 'atrial fibrillation',
  aki: 'acute kidney failure',
  aom: 'otitis media',
  bmi: 'body mass index',
  bph: 'benign prostatic hyperplasia',
  bv: 'vaginitis',
  cad: 'atherosclerotic heart disease',
  chf: 'heart failure',
  ckd: 'chronic kidney disease',
  copd: 'chronic obstructive pulmonary disease',
  cts: 'carpal tunnel',
  dm: 'diabetes mellitus',
  dm1: 'type 1 diabetes',
  dm2: 'type 2 diabetes',
  dub: 'abnormal uterine bleeding',
  dvt: 'deep veins thrombosis',
  ed: 'erectile dysfunction',
  flu: 'influenza',
  fx: 'fracture',
  gad: 'generalized anxiety',
  gdm: 'gestational diabetes',
  gerd: 'gastro esophageal reflux',
  gi: 'gastrointestinal',
  hld: 'hyperlipidemia',
  htn: 'hypertension',
  hx: 'history',
  ibs: 'irritable bowel',
  iud: 'intrauterine contraceptive device',
  lbp: 'low back pain',
  mdd: 'major depressive',
  mi: 'myocardial infarction',
  oa: 'osteoarthritis',
  osa: 'obstructive sleep apnea',
  physical: 'general medical examination',
  pcos: 'polycystic ovarian',
  pna: 'pneumonia',
  ptsd: 'post traumatic stress',
  ra: 'rheumatoid arthritis',
  sob: 'shortness breath',
  uri: 'upper respiratory infection',
  uti: 'urinary tract infection',
  wcc: 'routine child health examination',
  well: 'health examination',
}
