import type { Drug, DrugForm } from './model.ts'
import { parseStrength, strengthText, type Strength } from './rules.strength.ts'
import { tallMan } from './rules.tall-man.ts'

/** What stands behind the strength, from the most to the least particular: drug tables and people say it in many ways. */
const formPatterns: readonly [RegExp, DrugForm][] = [
  [/chew/, 'chewable-tablet'],
  [/disintegrat|\bodt\b/, 'odt'],
  [/(tab.*\bsa\b|(extended|ext\.?|er|xl|xr|sr)\b.*tab|tab.*\b(er|xl|xr|sr)\b)/, 'er-tablet'],
  [/(cap.*\b(sa|ec)\b|(extended|er|xr|delayed)\b.*cap|cap.*\b(er|xr|dr)\b)/, 'er-capsule'],
  [/\btab/, 'tablet'],
  [/\bcap/, 'capsule'],
  [/nasal/, 'nasal-spray'],
  [/nebul|inhalation sol|inhl soln|soln,inhl/, 'nebule'],
  [/inhal|\bactuat|\binhl/, 'inhaler'],
  [/ophth|eye|\boph\b/, 'eye-drops'],
  [/otic|ear drops/, 'ear-drops'],
  [/susp/, 'suspension'],
  [/cream/, 'cream'],
  [/oint/, 'ointment'],
  [/\bgel\b/, 'gel'],
  [/patch/, 'patch'],
  [/inj|auto-?injector|syringe|pen\b/, 'injection'],
  [/supp/, 'suppository'],
  [/packet|\bpwdr|powder/, 'packet'],
  [/sol|syrup|elixir|liquid/, 'solution'],
]

export const formOf = (text: string): DrugForm | undefined => formPatterns.find(([pattern]) => pattern.test(text.toLowerCase()))?.[1]

const amount = String.raw`\d[\d,]*(?:\.\d+)?(?:-\d[\d,]*(?:\.\d+)?)*|\.\d+`
const part = new RegExp(String.raw`^\s*([a-z][a-z0-9 .,()'-]*?)\s+((?:${amount})\s*(?:mg|mcg|µg|g|gm|%|units?|unt|iu|meq|ml)(?:\s*\/\s*(?:\d[\d.]*)?\s*(?:ml|actuat|hr))?)(?=$|[\s/,])`, 'i')

/**
 * A drug as a table names it ("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet", "METFORMIN HCL 500MG TAB,SA") or as
 * somebody types it ("clarithromycin 500 mg tab"); undefined where name, strength and form are not all there.
 */
export function parseDrugName(text: string): Omit<Drug, 'system' | 'code'> | undefined {
  const brand = /\[([^\]]+)\]/.exec(text)?.[1]?.trim() ?? null
  const { names, strengths, rest } = ingredientsIn(text.replace(/\[[^\]]*\]?/g, ' ').replace(/^\s*\d+\s*(hr|actuat|ml)\s+/i, '').trim())
  const strength = together(strengths)
  const form = formOf(rest)
  if (names.length === 0 || strength === undefined || form === undefined) return undefined
  return { generic: tallMan(names.map((name) => name.replace(/\s+/g, ' ').trim()).join('-')), brand, strength: strengthText(strength), form }
}

function ingredientsIn(text: string) {
  const names: string[] = []
  const strengths: (Strength | undefined)[] = []
  let rest = text
  for (let found = part.exec(rest); found && names.length < 4; found = part.exec(rest)) {
    names.push(found[1] ?? '')
    strengths.push(parseStrength((found[2] ?? '').replace(/\/\s*(actuat|hr)/i, '')))
    rest = rest.slice(found[0].length)
    const next = /^\s*\/\s*(?=[a-z])/i.exec(rest)
    if (!next) break
    rest = rest.slice(next[0].length)
  }
  return { names, strengths, rest }
}

/** The parts of a combination in one unit: "875-125 mg". */
function together(strengths: readonly (Strength | undefined)[]): Strength | undefined {
  const [first] = strengths
  const isOne = first && strengths.every((one) => one?.unit === first.unit)
  return isOne ? { amounts: strengths.flatMap((one) => one?.amounts ?? []), unit: first.unit, perMl: strengths.at(-1)?.perMl ?? null } : undefined
}
