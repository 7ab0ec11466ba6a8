import { visitLevels } from '#shared/domains/billing/rules.proposal.ts'

/** "Established visit, moderate", "Test 1988-5 (LOINC)", "Each immunization": when a fee is proposed by itself. */
export function proposalWords(key: string | null): string {
  if (key === null) return ''
  if (key === 'immunization') return 'Each immunization'
  if (key.startsWith('loinc:')) return `Test ${key.slice(6)} (LOINC)`
  const [who, level] = key.split('-')
  return `${who === 'new' ? 'New patient' : 'Established'}, ${level ?? ''}`
}

export const proposalChoices = [
  { value: '', label: 'Never by itself' },
  ...visitLevels.map((level) => ({ value: level, label: proposalWords(level) })),
  { value: 'immunization', label: proposalWords('immunization') },
  { value: 'loinc', label: 'A test, by its LOINC code' },
]

/** The key as two fields show it. */
export const splitKey = (key: string | null): { choice: string; loinc: string } =>
  key?.startsWith('loinc:') ? { choice: 'loinc', loinc: key.slice(6) } : { choice: key ?? '', loinc: '' }

export const joinKey = (choice: string, loinc: string): string | null => (choice === 'loinc' ? `loinc:${loinc.trim()}` : choice || null)
