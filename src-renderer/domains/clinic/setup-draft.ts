import type { SetupDraft } from '#shared/domains/clinic/contract.ts'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { isGenericUserName } from '#shared/domains/clinic/rules.user-name.ts'
import { isTimeZone } from '#shared/kernel/time.ts'
import { UserName } from '#shared/domains/clinic/model.ts'

export const setupSteps = ['clinic', 'you', 'hours', 'key'] as const
export type SetupStep = (typeof setupSteps)[number]

export const emptyDraft = (): SetupDraft => ({
  step: 'clinic',
  clinic: { name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: 'USD', paper: 'letter' },
  person: { givenName: '', familyName: '', title: '', userName: '', isProvider: true },
  hours: { from: 480, to: 1020, lunchFrom: 720, lunchTo: 780, rooms: 3 },
})

/** What is missing before a step can be left, in the words that stand beside the button. */
export function missingIn(step: SetupStep, draft: SetupDraft, password: string, repeated: string): string | undefined {
  switch (step) {
    case 'clinic':
      if (draft.clinic.name.trim() === '') return 'The name of the clinic is missing.'
      if (!isTimeZone(draft.clinic.timeZone)) return 'Choose the time zone.'
      return undefined
    case 'you':
      if (draft.person.givenName.trim() === '' || draft.person.familyName.trim() === '') return 'Your name is missing.'
      if (!UserName.safeParse(draft.person.userName).success) return 'The user name takes letters, digits, dot and dash, and starts with a letter.'
      if (isGenericUserName(draft.person.userName)) return 'This user name stands for a job or a place and would be shared. Take your own name.'
      if (passwordProblem(password, wordsOf(draft))) return 'The password is not strong enough yet.'
      return password === repeated ? undefined : 'The two passwords differ.'
    case 'hours': {
      const { from, to, lunchFrom, lunchTo } = draft.hours
      if (from >= to) return 'The day ends before it begins.'
      return lunchFrom > lunchTo || lunchFrom < from || lunchTo > to ? 'Lunch lies outside of the day.' : undefined
    }
    case 'key':
      return undefined
  }
}

export const wordsOf = (draft: SetupDraft): string[] => [draft.clinic.name, draft.person.userName, draft.person.familyName, draft.person.givenName]

/** "Eleanor Voss" → "voss": what people type each morning is short. */
export const proposedUserName = (familyName: string): string =>
  familyName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9.-]/g, '').replace(/^[^a-z]+/, '')

/** The visit types a clinic starts with; each can be changed and switched off later. */
export const firstVisitTypes: readonly { name: string; durationMin: number }[] = [
  { name: 'New patient', durationMin: 45 }, { name: 'Annual exam', durationMin: 45 }, { name: 'Follow-up', durationMin: 30 },
  { name: 'Acute visit', durationMin: 30 }, { name: 'Short visit', durationMin: 15 }, { name: 'Well child', durationMin: 30 },
]

export const weekdaysOpen = [1, 2, 3, 4, 5] as const
