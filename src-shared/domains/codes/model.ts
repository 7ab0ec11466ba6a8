import * as z from 'zod'

/**
 * The code systems Cairn keeps. CPT is not among them: it belongs to the AMA and a practice
 * brings its own licensed list as fee schedule entries.
 */
export const CodeSystem = {
  icd10cm: 'icd10cm',
  hcpcs: 'hcpcs',
  hcpcsModifier: 'hcpcs-modifier',
  placeOfService: 'place-of-service',
  cvx: 'cvx',
  ndc: 'ndc',
  loinc: 'loinc',
  rxnorm: 'rxnorm',
  ucum: 'ucum',
  usState: 'us-state',
} as const
export type CodeSystem = (typeof CodeSystem)[keyof typeof CodeSystem]
export const codeSystems: readonly CodeSystem[] = Object.values(CodeSystem)
export const CodeSystemSchema = z.enum(CodeSystem)

/** What a person calls each system. */
export const codeSystemNames: Readonly<Record<CodeSystem, string>> = {
  icd10cm: 'ICD-10-CM',
  hcpcs: 'HCPCS Level II',
  'hcpcs-modifier': 'HCPCS modifiers',
  'place-of-service': 'Place of service',
  cvx: 'CVX vaccines',
  ndc: 'NDC',
  loinc: 'LOINC',
  rxnorm: 'RxNorm',
  ucum: 'UCUM units',
  'us-state': 'US states',
}

export const Code = z.object({
  system: CodeSystemSchema,
  /** As people write it: ICD-10-CM with its dot. */
  code: z.string().min(1).max(40),
  label: z.string().min(1).max(500),
  billable: z.boolean(),
})
export type Code = z.infer<typeof Code>

/** One row of a code file, before it has a place in the database. */
export type ImportedCode = {
  readonly system: CodeSystem
  readonly code: string
  readonly label: string
  readonly billable: boolean
  readonly active: boolean
}

export const CodeSkipReason = {
  badLine: 'BAD_LINE',
  noCode: 'NO_CODE',
  noLabel: 'NO_LABEL',
  badCode: 'BAD_CODE',
  repeated: 'REPEATED',
} as const
export type CodeSkipReason = (typeof CodeSkipReason)[keyof typeof CodeSkipReason]

export type ParsedCode =
  | { readonly ok: true; readonly code: ImportedCode }
  | { readonly ok: false; readonly reason: CodeSkipReason }
