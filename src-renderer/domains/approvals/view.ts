import type { Approval } from '#shared/domains/approvals/model.ts'

export interface Section {
  id: 'decide' | 'mine' | 'alone'
  title: string
  note: string
  rows: readonly Approval[]
}

interface Lists {
  open: readonly Approval[]
  mine: readonly Approval[]
  /** Undefined for those who do not run the clinic. */
  alone: readonly Approval[] | undefined
}

/** What this person can settle comes first, then what they wait for, then what should be looked at; empty ones are left out. */
export function sectionsOf({ open, mine, alone = [] }: Lists): Section[] {
  const all: Section[] = [
    { id: 'decide', title: 'For you to decide', note: 'it is done the moment you approve', rows: open.filter((one) => one.mayDecide) },
    { id: 'mine', title: 'You asked', note: 'the last 30 days', rows: mine.filter((one) => one.status !== 'alone') },
    { id: 'alone', title: 'Went through alone', note: 'nobody else could have approved it', rows: alone },
  ]
  return all.filter((section) => section.rows.length > 0)
}
