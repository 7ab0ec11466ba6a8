import { useRef, useState } from 'react'
import type { CheckedOccurrence } from '#shared/domains/scheduling/contract.series.ts'
import { addMinutes } from '#shared/kernel/time.ts'
import { useQueued } from '#renderer/app/useQueued.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { mayKeep, openWords, stateOf, type LineState, type PlanLine } from './view.series.ts'

export interface ReviewLine extends PlanLine {
  checked: CheckedOccurrence | undefined
  state: LineState
  endsAt: string
}

export interface SeriesReview {
  lines: readonly ReviewLine[]
  active: ReviewLine | undefined
  isRunning: boolean
  problem: string | undefined
  missing: string | undefined
  choose: (key: string) => void
  step: (by: 1 | -1) => void
  takeProposal: (line: ReviewLine) => void
  takeAll: () => void
  skip: (line: ReviewLine) => void
  keep: (line: ReviewLine) => void
  moveTo: (line: ReviewLine, startsAt: string) => void
  save: () => void
}

interface UseSeriesReview {
  lines: readonly PlanLine[]
  typeId: string | null
  durationMin: number
  /** Of a series that is moved, in the order of the lines. */
  movingIds?: readonly string[]
  onChange: (lines: readonly PlanLine[]) => void
  /** Resolves when it is done; its refusal is said here. `id` stays the same while the same is sent. */
  onSave: (lines: readonly PlanLine[], id: string) => Promise<void>
}

/**
 * The dates of a series before anything is written: the core judges each of them again whenever one changes or somebody
 * else books, and a date that does not fit waits for a decision.
 */
export function useSeriesReview({ lines, typeId, durationMin, movingIds = [], onChange, onSave }: UseSeriesReview): SeriesReview {
  const [activeKey, choose] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  const last = useRef<{ attempt: string; id: string } | undefined>(undefined)
  const wanted = lines.filter((line) => !line.isSkipped)
  const query = useApiQuery('scheduling.checkOccurrences', {
    typeId, durationMin, occurrences: wanted.map(({ providerId, startsAt }) => ({ providerId, startsAt })),
    movingIds: lines.flatMap((line, i) => (line.isSkipped || !movingIds[i] ? [] : [movingIds[i]])),
  }, { enabled: wanted.length > 0, keepPrevious: true })
  const shown = lines.map((line): ReviewLine => {
    const checked = line.isSkipped ? undefined : query.data?.find((one) => one.startsAt === line.startsAt && one.providerId === line.providerId)
    return { ...line, checked, state: stateOf(line, checked), endsAt: addMinutes(line.startsAt, durationMin) }
  })
  const open = shown.filter((line) => line.state === 'open').length
  const isKnown = shown.every((line) => line.state !== 'unknown')
  const missing = wanted.length === 0 ? 'At least one date has to stay.' : !isKnown ? 'Looking at the dates …' : openWords(open)
  const active = shown.find((line) => line.key === activeKey) ?? shown.find((line) => line.state === 'open') ?? shown[0]
  const change = (key: string, changes: Partial<PlanLine>): void => {
    // The next date that waits is chosen by itself.
    choose(shown.find((line) => line.state === 'open' && line.key !== key)?.key ?? key)
    onChange(lines.map((line) => (line.key === key ? { ...line, ...changes } : line)))
  }
  const proposed = ({ checked }: ReviewLine): Partial<PlanLine> | undefined => checked?.proposal ? { startsAt: checked.proposal.startsAt, providerId: checked.proposal.providerId, isKept: false } : undefined
  const save = useQueued<undefined>(wanted.length > 0 && !isKnown, () => {
    if (missing !== undefined || isRunning) return
    const attempt = JSON.stringify(wanted)
    if (last.current?.attempt !== attempt) last.current = { attempt, id: newId() }
    setRunning(true)
    setProblem(undefined)
    onSave(lines, last.current.id).catch((error: unknown) => setProblem(errorText(error))).finally(() => setRunning(false))
  })

  return {
    lines: shown, active, isRunning, problem, missing, choose,
    step: (by) => {
      const next = shown[shown.findIndex((line) => line.key === active?.key) + by]
      if (next) choose(next.key)
    },
    takeProposal: (line) => {
      const to = proposed(line)
      if (line.state === 'open' && to) change(line.key, to)
    },
    takeAll: () => onChange(lines.map((line, i) => (shown[i]?.state === 'open' ? { ...line, ...proposed(shown[i]) } : line))),
    skip: (line) => change(line.key, { isSkipped: !line.isSkipped }),
    keep: (line) => {
      if (mayKeep(line.checked)) change(line.key, { isKept: true })
    },
    moveTo: (line, startsAt) => change(line.key, { startsAt, isSkipped: false, isKept: false }),
    save: () => save(undefined),
  }
}
