import type { Sex } from '#shared/domains/patients/model.ts'

/** A laboratory test by its LOINC code, in conventional United States units. */
export interface LabTest {
  code: string
  label: string
  unit: string
  decimals: number
  /** Value in health, and how far one standard deviation of a person and of a sample reaches. */
  usual: number
  spread: number
  /** What an uncontrolled condition adds; treatment takes it away again. */
  excess?: number
}

const a1c: LabTest = { code: '4548-4', label: 'Hemoglobin A1c', unit: '%', decimals: 1, usual: 6.7, spread: 0.25, excess: 2.4 }
const ldl: LabTest = { code: '13457-7', label: 'LDL cholesterol (calculated)', unit: 'mg/dL', decimals: 0, usual: 92, spread: 10, excess: 62 }
const hdl: LabTest = { code: '2085-9', label: 'HDL cholesterol', unit: 'mg/dL', decimals: 0, usual: 52, spread: 5 }
const egfr: LabTest = { code: '98979-8', label: 'eGFR (CKD-EPI 2021)', unit: 'mL/min/{1.73_m2}', decimals: 0, usual: 88, spread: 6 }
const creatinine: LabTest = { code: '2160-0', label: 'Creatinine', unit: 'mg/dL', decimals: 2, usual: 0.9, spread: 0.07 }
const potassium: LabTest = { code: '2823-3', label: 'Potassium', unit: 'mmol/L', decimals: 1, usual: 4.3, spread: 0.25 }
const tsh: LabTest = { code: '3016-3', label: 'TSH', unit: 'm[IU]/L', decimals: 2, usual: 2.1, spread: 0.5, excess: 6.5 }
const inr: LabTest = { code: '6301-6', label: 'INR', unit: '{INR}', decimals: 1, usual: 2.4, spread: 0.3 }
const hemoglobin: LabTest = { code: '718-7', label: 'Hemoglobin', unit: 'g/dL', decimals: 1, usual: 13.6, spread: 0.7 }
const ferritin: LabTest = { code: '2276-4', label: 'Ferritin', unit: 'ng/mL', decimals: 0, usual: 48, spread: 9, excess: -38 }
const uricAcid: LabTest = { code: '3084-1', label: 'Uric acid', unit: 'mg/dL', decimals: 1, usual: 5.6, spread: 0.5, excess: 3.1 }
const kidneyEgfr: LabTest = { ...egfr, usual: 50, spread: 4 }
const kidneyCreatinine: LabTest = { ...creatinine, usual: 1.4, spread: 0.1 }

/** Kidneys that filter less show it in every blood sample, whatever it was drawn for. */
export const withKidneys = (test: LabTest, hasKidneyDisease: boolean): LabTest =>
  !hasKidneyDisease ? test : test.code === egfr.code ? kidneyEgfr : test.code === creatinine.code ? kidneyCreatinine : test

export const basicLabs: readonly LabTest[] = [creatinine, potassium, egfr, { ...ldl, excess: 0 }, hdl, hemoglobin]

export interface Condition {
  key: string
  /** ICD-10-CM. */
  code: string
  label: string
  /** Share of people of that age and sex who have it, roughly as in primary care. */
  share: (age: number, sex: Sex) => number
  everyDays: number
  reason: string
  medications: readonly [label: string, sig: string][]
  labs: readonly LabTest[]
  history: readonly string[]
  exam: readonly string[]
  /** In the plan when it goes well, and when it does not. */
  steady: readonly string[]
  adjust: readonly string[]
}

const between = (from: number, to: number, share: number) => (age: number): number => (age >= from && age <= to ? share : 0)
const rising = (from: number, perYear: number, max: number) => (age: number): number => Math.max(0, Math.min(max, (age - from) * perYear))
const ofSex = (wanted: Sex, share: (age: number) => number) => (age: number, sex: Sex): number => (sex === wanted ? share(age) : 0)

export const conditions: readonly Condition[] = [
  {
    key: 'hypertension', code: 'I10', label: 'Essential (primary) hypertension', share: rising(32, 0.013, 0.58), everyDays: 120, reason: 'Blood pressure',
    medications: [['lisinopril 20 mg tab', '1 daily'], ['amLODIPine 5 mg tab', '1 daily'], ['hydroCHLOROthiazide 25 mg tab', '1 each morning']], labs: [creatinine, potassium],
    history: ['Home readings 128 to 138 over 78 to 86.', 'Does not measure at home.', 'Takes tablets most days, forgets at weekends.', 'No headache, no chest pain, no ankle swelling.'],
    exam: ['Heart regular, no murmur. No ankle oedema.', 'Fundi not seen. Pulses full.'],
    steady: ['Keep the same dose.', 'Blood pressure at goal, no change.'], adjust: ['Dose raised one step, check in 6 weeks.', 'Salt and alcohol talked through, home readings for two weeks.'],
  },
  {
    key: 'diabetes', code: 'E11.9', label: 'Type 2 diabetes mellitus without complications', share: rising(38, 0.006, 0.22), everyDays: 95, reason: 'Diabetes check',
    medications: [['metFORMIN 500 mg tab', '1 twice a day'], ['empagliflozin 10 mg tab', '1 each morning'], ['glipiZIDE 5 mg tab', '1 before breakfast']], labs: [a1c, ldl, egfr],
    history: ['Fasting sugars 110 to 150.', 'No low sugars.', 'Two low sugars, both after skipped meals.', 'Walks half an hour most days.'],
    exam: ['Feet warm, pulses present, monofilament felt at all points.', 'No foot ulcer. Reflexes present.'],
    steady: ['Hemoglobin A1c at goal, keep treatment.', 'Eye exam asked for, next check in 3 months.'], adjust: ['Dose raised, sugar diary, back in 3 months.', 'Dietitian referral, treatment stepped up.'],
  },
  {
    key: 'lipids', code: 'E78.2', label: 'Mixed hyperlipidemia', share: rising(36, 0.01, 0.42), everyDays: 200, reason: 'Cholesterol check',
    medications: [['atorvastatin 20 mg tab', '1 at night'], ['rosuvastatin 10 mg tab', '1 at night']], labs: [ldl, hdl],
    history: ['No muscle pain.', 'Some muscle ache after long walks.', 'Eats out three times a week.'], exam: ['No xanthelasma. Heart regular.'],
    steady: ['LDL at goal, keep the statin.'], adjust: ['Statin dose raised, lipids again in 8 weeks.'],
  },
  {
    key: 'thyroid', code: 'E03.9', label: 'Hypothyroidism, unspecified', share: (age, sex) => (sex === 'female' ? rising(22, 0.0024, 0.11)(age) : rising(40, 0.0008, 0.03)(age)), everyDays: 170, reason: 'Thyroid follow-up',
    medications: [['levothyroxine 75 mcg tab', '1 each morning, empty stomach']], labs: [tsh],
    history: ['Energy better.', 'Tired in the afternoon, no weight change.', 'Takes the tablet with coffee.'], exam: ['Thyroid not enlarged, no nodules.'],
    steady: ['TSH in range, same dose.'], adjust: ['Dose raised by 12.5 mcg, TSH in 6 weeks.'],
  },
  {
    key: 'asthma', code: 'J45.909', label: 'Unspecified asthma, uncomplicated', share: (age) => (age < 18 ? 0.09 : 0.06), everyDays: 150, reason: 'Asthma review',
    medications: [['albuterol 90 mcg inhaler', '2 puffs as needed'], ['budesonide-formoterol 160-4.5 mcg inhaler', '2 puffs twice a day']], labs: [],
    history: ['Reliever twice in the last month.', 'Wakes with cough once a week.', 'Wheeze with sport only.'], exam: ['Chest clear, good air entry.', 'Mild expiratory wheeze at both bases.'],
    steady: ['Inhaler technique checked, no change.'], adjust: ['Controller stepped up, action plan given on paper.'],
  },
  {
    key: 'copd', code: 'J44.9', label: 'Chronic obstructive pulmonary disease, unspecified', share: rising(52, 0.004, 0.1), everyDays: 120, reason: 'COPD review',
    medications: [['tiotropium 18 mcg inhaler', '1 puff daily']], labs: [],
    history: ['Short of breath on the second flight of stairs.', 'Cut down to five cigarettes a day.', 'No flare since the last visit.'], exam: ['Breath sounds faint, no wheeze.'],
    steady: ['No change, flu vaccine up to date.'], adjust: ['Second inhaler added, breathing exercises.'],
  },
  {
    key: 'depression', code: 'F32.A', label: 'Depression, unspecified', share: (age) => (age < 14 ? 0 : 0.085), everyDays: 75, reason: 'Mood follow-up',
    medications: [['sertraline 50 mg tab', '1 daily'], ['buPROPion 150 mg ER tab', '1 each morning']], labs: [],
    history: ['Sleeps better, back at work.', 'Low most days, no thoughts of self-harm.', 'Family notices improvement.'], exam: ['Well kept, good eye contact, speech normal.'],
    steady: ['Keep the dose, next visit in 10 weeks.'], adjust: ['Dose raised, therapy referral, back in 4 weeks.'],
  },
  {
    key: 'anxiety', code: 'F41.1', label: 'Generalized anxiety disorder', share: (age) => (age < 16 ? 0 : 0.06), everyDays: 90, reason: 'Anxiety follow-up',
    medications: [['escitalopram 10 mg tab', '1 daily']], labs: [],
    history: ['Worries less, two bad evenings this month.', 'Cannot fall asleep before one.'], exam: ['Calm, no tremor.'], steady: ['No change.'], adjust: ['Dose raised, breathing exercise shown.'],
  },
  {
    key: 'reflux', code: 'K21.9', label: 'Gastro-esophageal reflux disease without esophagitis', share: (age) => (age < 20 ? 0.01 : 0.11), everyDays: 210, reason: 'Heartburn follow-up',
    medications: [['omeprazole 20 mg cap', '1 before breakfast']], labs: [], history: ['Heartburn once a week.', 'Worse after late meals.'], exam: ['Abdomen soft, no tenderness.'],
    steady: ['Step down to as needed.'], adjust: ['Eight weeks of daily treatment, raise the head of the bed.'],
  },
  {
    key: 'knee', code: 'M17.11', label: 'Unilateral primary osteoarthritis, right knee', share: rising(48, 0.006, 0.2), everyDays: 180, reason: 'Knee pain',
    medications: [['acetaminophen 500 mg tab', '2 three times a day as needed']], labs: [], history: ['Pain on stairs, stiff for ten minutes in the morning.', 'Exercises help.'],
    exam: ['Right knee: small effusion, crepitus, full extension.'], steady: ['Go on with exercises.'], adjust: ['Physical therapy, injection talked through.'],
  },
  {
    key: 'kidney', code: 'N18.30', label: 'Chronic kidney disease, stage 3 unspecified', share: rising(60, 0.005, 0.16), everyDays: 120, reason: 'Kidney function',
    medications: [], labs: [kidneyCreatinine, kidneyEgfr, potassium], history: ['No swelling. Avoids ibuprofen.'], exam: ['No oedema.'], steady: ['eGFR stable, again in 4 months.'], adjust: ['Urine albumin asked for, blood pressure goal below 130.'],
  },
  {
    key: 'fibrillation', code: 'I48.91', label: 'Unspecified atrial fibrillation', share: rising(62, 0.004, 0.12), everyDays: 35, reason: 'INR check',
    medications: [['warfarin 5 mg tab', '1 daily, INR 2.0 to 3.0'], ['metoprolol succinate 50 mg ER tab', '1 daily']], labs: [inr],
    history: ['No bleeding, no missed doses.', 'One missed dose last week.'], exam: ['Irregular pulse, rate controlled.'], steady: ['Same weekly dose, INR in 5 weeks.'], adjust: ['Weekly dose changed by 10 %, INR in 10 days.'],
  },
  {
    key: 'obesity', code: 'E66.9', label: 'Obesity, unspecified', share: (age) => (age < 12 ? 0.05 : 0.16), everyDays: 240, reason: 'Weight follow-up', medications: [], labs: [],
    history: ['Keeps a food diary on most days.', 'Finds evenings the hardest.'], exam: ['Waist measured.'], steady: ['Go on, weight in 3 months.'], adjust: ['Dietitian, goal of 5 % in six months.'],
  },
  {
    key: 'migraine', code: 'G43.909', label: 'Migraine, unspecified, not intractable, without status migrainosus', share: (age, sex) => (age < 12 ? 0 : sex === 'female' ? 0.09 : 0.03), everyDays: 190, reason: 'Migraine',
    medications: [['SUMAtriptan 50 mg tab', '1 at onset, may repeat after 2 hours']], labs: [], history: ['Three attacks a month, one day in bed.', 'Attacks with the period.'], exam: ['Neurological exam normal.'],
    steady: ['Headache diary, no change.'], adjust: ['Preventive started, diary for 8 weeks.'],
  },
  {
    key: 'adhd', code: 'F90.2', label: 'Attention-deficit hyperactivity disorder, combined type', share: between(6, 17, 0.07), everyDays: 90, reason: 'ADHD follow-up',
    medications: [['methylphenidate 18 mg ER tab', '1 each morning']], labs: [], history: ['School reports better focus in the morning.', 'Appetite low at lunch.'], exam: ['Growth follows its curve.'],
    steady: ['Same dose, next visit in 3 months.'], adjust: ['Dose raised one step, teacher form given.'],
  },
  {
    key: 'gout', code: 'M10.9', label: 'Gout, unspecified', share: ofSex('male', rising(40, 0.003, 0.07)), everyDays: 180, reason: 'Gout follow-up', medications: [['allopurinol 100 mg tab', '1 daily']], labs: [uricAcid],
    history: ['One attack since the last visit.', 'No attack.'], exam: ['No tophi, joints quiet.'], steady: ['Same dose.'], adjust: ['Allopurinol raised, uric acid in 6 weeks.'],
  },
  {
    key: 'prostate', code: 'N40.1', label: 'Benign prostatic hyperplasia with lower urinary tract symptoms', share: ofSex('male', rising(52, 0.009, 0.3)), everyDays: 230, reason: 'Urinary symptoms', medications: [['tamsulosin 0.4 mg cap', '1 at night']], labs: [],
    history: ['Gets up twice at night.'], exam: ['Abdomen soft, bladder not felt.'], steady: ['No change.'], adjust: ['Tamsulosin at night, review in 6 weeks.'],
  },
  {
    key: 'osteoporosis', code: 'M81.0', label: 'Age-related osteoporosis without current pathological fracture', share: ofSex('female', rising(58, 0.007, 0.22)), everyDays: 300, reason: 'Bone health', medications: [['alendronate 70 mg tab', '1 weekly, upright with water']], labs: [],
    history: ['No falls since the last visit.'], exam: ['Height unchanged, spine not tender.'], steady: ['Go on, vitamin D.'], adjust: ['Fall risks at home talked through.'],
  },
  {
    key: 'iron', code: 'D50.9', label: 'Iron deficiency anemia, unspecified', share: ofSex('female', between(14, 50, 0.06)), everyDays: 110, reason: 'Anemia follow-up', medications: [['ferrous sulfate 325 mg tab', '1 every other day']], labs: [{ ...hemoglobin, excess: -2.4 }, ferritin],
    history: ['Less tired.', 'Heavy periods.'], exam: ['Conjunctivae pale.', 'Not pale.'], steady: ['Go on for 3 months.'], adjust: ['Iron every other day with vitamin C.'],
  },
  {
    key: 'eczema', code: 'L20.9', label: 'Atopic dermatitis, unspecified', share: (age) => (age < 12 ? 0.12 : 0.03), everyDays: 200, reason: 'Eczema', medications: [['hydrocortisone 2.5 % cream', 'thin layer twice a day for 7 days']], labs: [],
    history: ['Itches at night.', 'Clear since the summer.'], exam: ['Dry plaques in both elbow folds.'], steady: ['Emollient daily.'], adjust: ['Stronger cream for a week, then step down.'],
  },
]

export const allergens: readonly [label: string, reactions: readonly string[]][] = [
  ['Penicillin', ['rash', 'hives', 'anaphylaxis']], ['Sulfonamides', ['rash', 'fever']], ['Amoxicillin', ['rash', 'swelling of the lips']],
  ['Ibuprofen', ['hives', 'wheeze']], ['Codeine', ['vomiting', 'itching']], ['Latex', ['rash', 'hives']], ['Peanut', ['anaphylaxis', 'hives']],
  ['Shellfish', ['hives', 'swelling of the lips']], ['Bee sting', ['swelling', 'anaphylaxis']], ['Cephalexin', ['rash']], ['Iodine contrast', ['hives']], ['Egg', ['hives']],
]
