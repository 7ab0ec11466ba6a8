import type { VisitType } from './staff.ts'

/** Why people come when nothing was planned: words of the front desk, the diagnosis it ends in, and what the note says. */
export interface Reason {
  reason: string
  code: string
  label: string
  ages: readonly [from: number, to: number]
  type: VisitType
  /** Chance of fever, and of low oxygen. */
  fever?: number
  lowOxygen?: number
  story: readonly string[]
  exam: readonly string[]
  plan: readonly string[]
  medication?: readonly [label: string, sig: string, days: number]
  /** Codes of the fee schedule besides the visit itself. */
  extras?: readonly string[]
}

const all: readonly [number, number] = [0, 110]
const adults: readonly [number, number] = [18, 110]
const children: readonly [number, number] = [0, 14]

/** Common ones first: the list is drawn from its front more often. */
export const reasons: readonly Reason[] = [
  { reason: 'Cough', code: 'J06.9', label: 'Acute upper respiratory infection, unspecified', ages: all, type: 'Acute visit', fever: 0.4, story: ['Cough and runny nose for 4 days.', 'Sore throat, then cough, since the weekend. Family had a cold.'], exam: ['Throat red, no exudate. Chest clear.', 'Ears normal. Chest clear, no wheeze.'], plan: ['Rest, fluids, honey for the cough. Back if fever lasts more than 3 days.'] },
  { reason: 'Sore throat', code: 'J02.9', label: 'Acute pharyngitis, unspecified', ages: [3, 60], type: 'Short visit', fever: 0.5, story: ['Sore throat for 2 days, hurts to swallow.'], exam: ['Tonsils red, no exudate, no nodes. Rapid strep negative.'], plan: ['Viral. Pain relief, fluids.'], extras: ['L-060'] },
  { reason: 'Ear pain', code: 'H66.91', label: 'Otitis media, unspecified, right ear', ages: children, type: 'Short visit', fever: 0.6, story: ['Pulling at the right ear since last night, cold for a week.'], exam: ['Right drum red and bulging, left normal.'], plan: ['Antibiotic for 7 days, pain relief, recheck if not better in 2 days.'], medication: ['amoxicillin 400 mg/5 mL susp', 'twice a day', 7] },
  { reason: 'Back pain', code: 'M54.50', label: 'Low back pain, unspecified', ages: adults, type: 'Acute visit', story: ['Low back pain for a week after lifting. No numbness, bladder normal.', 'Stiff in the morning, worse sitting. No leg pain.'], exam: ['Straight leg raise negative. Strength and reflexes normal.'], plan: ['Stay active, heat, exercises on paper. No imaging needed now.'], medication: ['naproxen 500 mg tab', '1 twice a day with food', 10] },
  { reason: 'Burning when passing water', code: 'N39.0', label: 'Urinary tract infection, site not specified', ages: [16, 90], type: 'Short visit', fever: 0.1, story: ['Burning and urgency for 2 days. No back pain, no fever.'], exam: ['No flank tenderness. Dipstick: leukocytes and nitrite positive.'], plan: ['Antibiotic for 5 days, culture sent, drink plenty.'], medication: ['nitrofurantoin 100 mg cap', '1 twice a day', 5], extras: ['L-052'] },
  { reason: 'Rash', code: 'R21', label: 'Rash and other nonspecific skin eruption', ages: all, type: 'Short visit', story: ['Itchy rash on arms and trunk for 5 days, new detergent.'], exam: ['Scattered red papules on trunk and arms, no blisters.'], plan: ['Stop the new detergent, cream for a week, photograph kept by the patient.'], medication: ['triamcinolone 0.1 % cream', 'thin layer twice a day', 7] },
  { reason: 'Cough, fever', code: 'J20.9', label: 'Acute bronchitis, unspecified', ages: adults, type: 'Acute visit', fever: 0.8, lowOxygen: 0.2, story: ['Cough for 8 days, yellow sputum, fever in the evening.'], exam: ['Coarse breath sounds that clear on coughing. No crackles.'], plan: ['No antibiotic for now. Back in 3 days or sooner if short of breath.'], extras: ['L-118', 'L-020'] },
  { reason: 'Stomach upset', code: 'A09', label: 'Infectious gastroenteritis and colitis, unspecified', ages: all, type: 'Short visit', fever: 0.3, story: ['Vomiting and diarrhea since yesterday, keeps down small sips.'], exam: ['Abdomen soft, mild tenderness, bowel sounds lively. Not dry.'], plan: ['Oral rehydration, small meals, stay at home for 2 days after the last loose stool.'] },
  { reason: 'Headache', code: 'G44.209', label: 'Tension-type headache, unspecified, not intractable', ages: [12, 75], type: 'Acute visit', story: ['Band-like headache most evenings, long hours at a screen.'], exam: ['Neurological exam normal. Neck muscles tight.'], plan: ['Breaks, neck exercises, pain relief on at most two days a week.'] },
  { reason: 'Sinus pressure', code: 'J01.00', label: 'Acute maxillary sinusitis, unspecified', ages: adults, type: 'Short visit', fever: 0.2, story: ['Pressure over both cheeks for 10 days, got worse again after getting better.'], exam: ['Tender over both maxillary sinuses, thick discharge.'], plan: ['Saline rinses, antibiotic for 5 days.'], medication: ['amoxicillin-clavulanate 875-125 mg tab', '1 twice a day', 5] },
  { reason: 'Shoulder pain', code: 'M25.511', label: 'Pain in right shoulder', ages: [25, 85], type: 'Acute visit', story: ['Right shoulder pain for 3 weeks, worse reaching up.'], exam: ['Painful arc 70 to 120 degrees, strength kept.'], plan: ['Physical therapy, naproxen for 10 days.'], medication: ['naproxen 500 mg tab', '1 twice a day with food', 10] },
  { reason: 'Tired', code: 'R53.83', label: 'Other fatigue', ages: adults, type: 'Acute visit', story: ['Tired for two months, sleeps six hours. Mood fair.'], exam: ['Not pale, thyroid normal, heart and lungs normal.'], plan: ['Blood count, TSH and ferritin drawn. Result by phone this week.'], extras: ['L-001'] },
  { reason: 'Ankle injury', code: 'S93.401A', label: 'Sprain of unspecified ligament of right ankle, initial encounter', ages: [8, 65], type: 'Acute visit', story: ['Twisted the right ankle at sport yesterday, walks with a limp.'], exam: ['Swollen below the outer malleolus, no bony tenderness, takes four steps.'], plan: ['Ankle rules negative, no X-ray. Brace, ice, exercises from day 3.'], extras: ['S-012'] },
  { reason: 'Red eye', code: 'H10.33', label: 'Unspecified acute conjunctivitis, bilateral', ages: all, type: 'Short visit', story: ['Both eyes red and sticky in the morning, no pain, sight normal.'], exam: ['Conjunctivae red, discharge, cornea clear.'], plan: ['Cleaning with water, drops if not better in 3 days. Own towel.'] },
  { reason: 'Hay fever', code: 'J30.2', label: 'Other seasonal allergic rhinitis', ages: [5, 70], type: 'Short visit', story: ['Sneezing and itchy eyes every morning.'], exam: ['Pale swollen nasal mucosa, clear discharge.'], plan: ['Nasal steroid daily through the season.'], medication: ['fluticasone 50 mcg nasal spray', '2 sprays each side daily', 60] },
  { reason: 'Dizziness', code: 'R42', label: 'Dizziness and giddiness', ages: [30, 95], type: 'Acute visit', story: ['Spinning for seconds when turning in bed, since Monday.'], exam: ['Positional test positive to the right, gait normal.'], plan: ['Repositioning done here, home exercises shown.'] },
  { reason: 'Poor sleep', code: 'G47.00', label: 'Insomnia, unspecified', ages: adults, type: 'Acute visit', story: ['Lies awake until two for a month. Screen in bed, coffee at four.'], exam: ['Tired, otherwise normal.'], plan: ['Sleep plan on paper, no tablets, back in 4 weeks.'] },
  { reason: 'Wart', code: 'B07.9', label: 'Viral wart, unspecified', ages: [5, 50], type: 'Short visit', story: ['Wart on the left index finger for months.'], exam: ['One 4 mm wart.'], plan: ['Cryotherapy today, again in 3 weeks if needed.'], extras: ['P-035'] },
  { reason: 'Chest pain', code: 'R07.9', label: 'Chest pain, unspecified', ages: [30, 85], type: 'Acute visit', lowOxygen: 0.05, story: ['Sharp pain at the left chest on bending, for 2 days. No breathlessness.'], exam: ['Tender over the third rib. Heart and lungs normal. ECG sinus rhythm, no ST change.'], plan: ['Chest wall pain most likely. Told to call 911 for pressure, sweating or breathlessness.'], extras: ['P-015'] },
  { reason: 'Cut on the thumb', code: 'S61.011A', label: 'Laceration without foreign body of right thumb without damage to nail, initial encounter', ages: [6, 80], type: 'Procedure', story: ['Cut with a kitchen knife 2 hours ago.'], exam: ['Clean 2 cm cut, tendon and feeling intact.'], plan: ['Cleaned, four stitches, tetanus up to date. Stitches out in 10 days.'], extras: ['P-022', 'S-010'] },
  { reason: 'Short of breath', code: 'J18.9', label: 'Pneumonia, unspecified organism', ages: [25, 95], type: 'Acute visit', fever: 0.9, lowOxygen: 0.7, story: ['Cough for 7 days, yellow sputum, fever up to 38.8 °C, short of breath on stairs.'], exam: ['Crackles right base, no wheeze. Speaks in full sentences.'], plan: ['Chest X-ray, antibiotic, see again in 3 days. Told to call 911 if breathing gets worse.'], medication: ['doxycycline 100 mg cap', '1 twice a day', 7], extras: ['L-118', 'L-020'] },
  { reason: 'Fever', code: 'B34.9', label: 'Viral infection, unspecified', ages: children, type: 'Short visit', fever: 1, story: ['Fever since yesterday, drinks well, no rash.'], exam: ['Alert, warm. Ears, throat and chest normal. Neck supple.'], plan: ['Fluids, fever medicine by weight, come back if drowsy or rash.'] },
  { reason: 'Constipation', code: 'K59.00', label: 'Constipation, unspecified', ages: all, type: 'Short visit', story: ['Stool every 4 days, hard.'], exam: ['Abdomen soft, stool felt at the left.'], plan: ['Fiber, fluids, macrogol for 4 weeks.'] },
  { reason: 'Flu', code: 'J11.1', label: 'Influenza due to unidentified influenza virus with other respiratory manifestations', ages: all, type: 'Acute visit', fever: 0.95, story: ['Sudden fever, aches and cough since yesterday.'], exam: ['Flushed, chest clear.'], plan: ['Rest, fluids, day 1 so antiviral talked through.'], extras: ['L-062'] },
]
