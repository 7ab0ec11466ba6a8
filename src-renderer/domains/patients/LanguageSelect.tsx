import { Select } from '@mantine/core'
import { languageChoices, languageCode, languageName } from '#shared/domains/patients/rules.languages.ts'

/** By name, kept by its ISO 639 code. What another system said and we have no name for stays a choice. */
export function LanguageSelect({ value, onChange, label = 'Language' }: { value: string; onChange: (language: string) => void; label?: string }) {
  const code = value === '' ? null : languageCode(value)
  const isKnown = code === null || languageChoices.some((one) => one.value === code)
  const data = isKnown ? [...languageChoices] : [...languageChoices, { value: code, label: languageName(code) }]
  return <Select label={label} data={data} value={code} onChange={(language) => onChange(language ?? '')} searchable clearable />
}
