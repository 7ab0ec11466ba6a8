import type { NoteSections } from '#shared/domains/encounters/model.ts'
import type { Condition } from './conditions.ts'
import type { Vitals } from './health.ts'
import type { Chance } from './random.ts'
import type { Reason } from './reasons.ts'

/** What the visit was about; the note, the diagnoses and the charges follow from it. */
export type Topic =
  | { kind: 'acute'; reason: Reason }
  | { kind: 'condition'; conditions: readonly Condition[]; isSteady: boolean }
  | { kind: 'routine'; words: 'New patient' | 'Annual exam' | 'Well child' | 'Sports physical' | 'Results talk' | 'Medication review'; known: readonly Condition[] }

const habits = ['Does not smoke.', 'Former smoker.', 'Smokes half a pack a day.', 'Alcohol at weekends.', 'Walks daily.', 'Sleeps seven hours.', 'Works from home.', 'Retired, looks after grandchildren.']
const closing = ['Knows when to call.', 'Questions answered.', 'Plan agreed.', 'Printed summary given.', 'Will write through the front desk if anything changes.']

export function writeNote(chance: Chance, topic: Topic, vitals: Vitals): NoteSections {
  const measured = measuredWords(vitals)
  switch (topic.kind) {
    case 'acute': return {
      subjective: sentences(chance.pick(topic.reason.story), chance.happens(0.4) ? chance.pick(habits) : ''),
      objective: sentences(measured, chance.pick(topic.reason.exam)),
      assessment: `${topic.reason.label}.`,
      plan: sentences(chance.pick(topic.reason.plan), topic.reason.medication ? `${topic.reason.medication[0]}, ${topic.reason.medication[1]}, ${topic.reason.medication[2]} days.` : '', chance.pick(closing)),
    }
    case 'condition': return {
      subjective: sentences(...topic.conditions.map((one) => chance.pick(one.history)), chance.happens(0.5) ? chance.pick(habits) : ''),
      objective: sentences(measured, ...topic.conditions.map((one) => chance.pick(one.exam))),
      assessment: topic.conditions.map((one, i) => `${one.label}${i === 0 ? (topic.isSteady ? ', at goal' : ', not at goal') : ''}.`).join('\n'),
      plan: sentences(...topic.conditions.map((one) => chance.pick(topic.isSteady ? one.steady : one.adjust)), chance.pick(closing)),
    }
    case 'routine': return routineNote(chance, topic, measured)
  }
}

function routineNote(chance: Chance, topic: Extract<Topic, { kind: 'routine' }>, measured: string): NoteSections {
  const known = topic.known.length > 0 ? `Known: ${topic.known.map((one) => one.label.split(',')[0]).join('; ')}.` : 'No long-term condition.'
  switch (topic.words) {
    case 'Well child': return {
      subjective: sentences('Parents have no worries.', chance.pick(['Eats and sleeps well.', 'Picky eater, drinks milk.', 'Sleeps through since last month.'])),
      objective: sentences(measured, 'Growth follows its curve. Heart, lungs and abdomen normal. Hips and gait normal for age.'),
      assessment: 'Routine child health examination, no abnormal findings.', plan: sentences('Vaccines as due. Car seat and sleep talked through.', chance.pick(closing)),
    }
    case 'Sports physical': return {
      subjective: 'Wants to play in the school team. No fainting, no chest pain with sport, no sudden death in the family.',
      objective: sentences(measured, 'Heart without murmur lying and standing. Joints stable.'), assessment: 'Fit for sport.', plan: 'Form signed.',
    }
    case 'Results talk': return {
      subjective: 'Comes to talk through the results of the last visit.', objective: measured, assessment: sentences('Results explained.', known), plan: sentences('No change.', chance.pick(closing)),
    }
    case 'Medication review': return {
      subjective: sentences('Brings all boxes.', chance.pick(['Takes everything as written.', 'Stopped one tablet by herself in summer.', 'Forgets the evening dose.'])),
      objective: measured, assessment: known, plan: sentences('List brought up to date, printed.', chance.pick(closing)),
    }
    case 'New patient':
    case 'Annual exam': return {
      subjective: sentences(topic.words === 'New patient' ? 'Moved here this year, wants a family doctor.' : 'Feels well.', known, chance.pick(habits)),
      objective: sentences(measured, 'Heart, lungs, abdomen, skin and neurological exam normal.'),
      assessment: 'General examination, no abnormal findings.', plan: sentences('Screening as due for age, basic blood tests.', chance.pick(closing)),
    }
  }
}

function measuredWords(vitals: Vitals): string {
  const pressure = vitals.systolic === undefined ? '' : `${vitals.systolic}/${vitals.diastolic}, `
  return `${pressure}pulse ${vitals.pulse}, ${vitals.temperature.toFixed(1)} °C, SpO₂ ${vitals.oxygen} %, ${vitals.weightKg.toFixed(1)} kg.`
}

const sentences = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ')
