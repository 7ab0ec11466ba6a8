/**
 * A small table of drug classes: DEMO KNOWLEDGE, written down from common reference texts for the drugs of a general
 * practice. It finds the usual mistakes and is no licensed knowledge base; what it does not know, it does not warn of.
 */
export interface DrugClass {
  name: string
  /** Generic names in small letters; a combination is in the class when one of its parts is. */
  members: readonly string[]
  /** What an allergy list calls the whole class. */
  aliases: readonly string[]
  /** Classes in which people with this allergy may react as well. */
  crossesTo?: readonly string[]
  /** Two of the class at once: a mistake, or something to look at. */
  twice: 'severe' | 'moderate'
}

export const drugClasses: readonly DrugClass[] = [
  { name: 'penicillins', members: ['amoxicillin', 'ampicillin', 'penicillin', 'penicillin v', 'penicillin g', 'dicloxacillin', 'piperacillin'], aliases: ['penicillin', 'beta-lactam'], crossesTo: ['cephalosporins'], twice: 'severe' },
  { name: 'cephalosporins', members: ['cephalexin', 'cefadroxil', 'cefazolin', 'cefuroxime', 'cefdinir', 'cefpodoxime', 'cefixime', 'ceftriaxone'], aliases: ['cephalosporin', 'beta-lactam'], crossesTo: ['penicillins'], twice: 'severe' },
  { name: 'sulfonamide antibiotics', members: ['sulfamethoxazole', 'sulfadiazine', 'sulfisoxazole', 'sulfasalazine'], aliases: ['sulfonamide', 'sulfa', 'sulfa drug', 'sulfonamide antibiotic'], twice: 'severe' },
  { name: 'macrolides', members: ['azithromycin', 'clarithromycin', 'erythromycin'], aliases: ['macrolide'], twice: 'severe' },
  { name: 'tetracyclines', members: ['doxycycline', 'minocycline', 'tetracycline'], aliases: ['tetracycline'], twice: 'severe' },
  { name: 'fluoroquinolones', members: ['ciprofloxacin', 'levofloxacin', 'moxifloxacin', 'ofloxacin'], aliases: ['fluoroquinolone', 'quinolone'], twice: 'severe' },
  { name: 'NSAIDs', members: ['ibuprofen', 'naproxen', 'diclofenac', 'ketorolac', 'meloxicam', 'indomethacin', 'celecoxib', 'etodolac', 'nabumetone', 'aspirin'], aliases: ['nsaid', 'nonsteroidal anti-inflammatory'], twice: 'severe' },
  { name: 'opioids', members: ['codeine', 'hydrocodone', 'oxycodone', 'morphine', 'hydromorphone', 'fentanyl', 'tramadol', 'tapentadol', 'methadone', 'buprenorphine'], aliases: ['opioid', 'opiate', 'narcotic'], twice: 'severe' },
  { name: 'benzodiazepines', members: ['alprazolam', 'lorazepam', 'diazepam', 'clonazepam', 'temazepam'], aliases: ['benzodiazepine'], twice: 'severe' },
  { name: 'anticoagulants', members: ['warfarin', 'apixaban', 'rivaroxaban', 'dabigatran', 'edoxaban', 'enoxaparin'], aliases: ['anticoagulant'], twice: 'severe' },
  { name: 'ACE inhibitors', members: ['lisinopril', 'enalapril', 'ramipril', 'benazepril', 'captopril', 'quinapril'], aliases: ['ace inhibitor'], twice: 'severe' },
  { name: 'angiotensin receptor blockers', members: ['losartan', 'valsartan', 'irbesartan', 'olmesartan', 'candesartan', 'telmisartan'], aliases: ['arb', 'angiotensin receptor blocker'], twice: 'severe' },
  { name: 'statins', members: ['atorvastatin', 'rosuvastatin', 'simvastatin', 'pravastatin', 'lovastatin'], aliases: ['statin'], twice: 'severe' },
  { name: 'SSRIs and SNRIs', members: ['sertraline', 'escitalopram', 'citalopram', 'fluoxetine', 'paroxetine', 'venlafaxine', 'duloxetine'], aliases: ['ssri', 'snri'], twice: 'severe' },
  { name: 'beta blockers', members: ['metoprolol', 'atenolol', 'carvedilol', 'propranolol', 'bisoprolol', 'nadolol'], aliases: ['beta blocker'], twice: 'severe' },
  { name: 'calcium channel blockers', members: ['amlodipine', 'nifedipine', 'diltiazem', 'verapamil', 'nicardipine'], aliases: ['calcium channel blocker'], twice: 'moderate' },
  { name: 'thiazides', members: ['hydrochlorothiazide', 'chlorthalidone', 'indapamide'], aliases: ['thiazide'], twice: 'moderate' },
  { name: 'sulfonylureas', members: ['glipizide', 'glyburide', 'glimepiride'], aliases: ['sulfonylurea'], twice: 'severe' },
  { name: 'proton pump inhibitors', members: ['omeprazole', 'pantoprazole', 'esomeprazole', 'lansoprazole'], aliases: ['ppi', 'proton pump inhibitor'], twice: 'moderate' },
  { name: 'triptans', members: ['sumatriptan', 'rizatriptan', 'zolmitriptan'], aliases: ['triptan'], twice: 'moderate' },
  { name: 'antihistamines', members: ['loratadine', 'cetirizine', 'fexofenadine', 'diphenhydramine', 'hydroxyzine'], aliases: ['antihistamine'], twice: 'moderate' },
  { name: 'corticosteroids by mouth', members: ['prednisone', 'prednisolone', 'methylprednisolone', 'dexamethasone'], aliases: ['corticosteroid', 'steroid'], twice: 'moderate' },
]

/** The words of a name without strength, salt and form: "metoprolol succinate" is metoprolol, and a combination is each of its parts. */
export function ingredientsOf(name: string): string[] {
  const generic = name.toLocaleLowerCase('en-US').replace(/\(.*?\)/g, ' ').replace(/\d.*$/, '')
  return generic.split(/[-/+,]|\band\b|\bwith\b/).map((part) => part.trim().replace(salts, '').trim()).filter(Boolean)
}

const salts = /\s+(succinate|tartrate|hydrochloride|hcl|sodium|potassium|calcium|maleate|besylate|sulfate|mesylate|monohydrate|hyclate|citrate|fumarate|clavulanate|trihydrate)\b/g

export const classesOf = (ingredient: string): readonly DrugClass[] => drugClasses.filter(({ members }) => members.includes(ingredient))

/** The classes that an entry of an allergy list means: by the name of the class or by a drug of it. */
export function classesNamed(label: string): readonly DrugClass[] {
  const words = singular(label)
  return drugClasses.filter(({ name, aliases }) => singular(name) === words || aliases.includes(words))
}

const singular = (label: string): string => label.trim().toLocaleLowerCase('en-US').replace(/\s+(allergy|antibiotics?)$/, '').replace(/s$/, '')

export const schedules = ['II', 'III', 'IV', 'V'] as const
export type Schedule = (typeof schedules)[number]

/** Controlled substances (21 CFR 1308) among the drugs of a general practice. */
const scheduled: Readonly<Record<Schedule, readonly string[]>> = {
  II: ['oxycodone', 'hydrocodone', 'morphine', 'hydromorphone', 'fentanyl', 'methadone', 'tapentadol', 'methylphenidate', 'dexmethylphenidate', 'amphetamine', 'dextroamphetamine', 'lisdexamfetamine'],
  III: ['buprenorphine', 'testosterone', 'ketamine'],
  IV: ['alprazolam', 'lorazepam', 'diazepam', 'clonazepam', 'temazepam', 'zolpidem', 'eszopiclone', 'tramadol', 'phentermine', 'modafinil', 'phenobarbital'],
  V: ['pregabalin', 'lacosamide'],
}
/** Codeine with acetaminophen is in III, alone in II. */
const combined: Readonly<Record<string, Schedule>> = { codeine: 'III' }

export function scheduleOf(generic: string): Schedule | null {
  const parts = ingredientsOf(generic)
  const found = schedules.find((schedule) => parts.some((part) => scheduled[schedule].includes(part)))
  if (found) return found
  return parts.includes('codeine') ? (parts.length > 1 ? combined['codeine'] ?? 'II' : 'II') : null
}
