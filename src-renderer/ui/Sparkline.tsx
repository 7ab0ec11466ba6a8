interface SparklineProps {
  values: readonly number[]
  /** Range or target, drawn as a grey band. */
  range?: readonly [low: number, high: number] | undefined
  /** Colour of the last point when it is outside. */
  tone?: 'plain' | 'bad'
}

const width = 76
const height = 24
const inset = 4

/** 76 x 24, drawn by hand: a chart library would cost more than the data. Decoration: the value stands beside it. */
export function Sparkline({ values, range, tone = 'plain' }: SparklineProps) {
  if (values.length < 2) return <svg width={width} height={height} aria-hidden />
  const low = Math.min(...values, ...(range ?? []))
  const high = Math.max(...values, ...(range ?? []))
  const spread = high - low || 1
  const y = (value: number) => inset + (1 - (value - low) / spread) * (height - 2 * inset)
  const x = (index: number) => inset + (index / (values.length - 1)) * (width - 2 * inset)
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  const last = values.at(-1) ?? 0
  return (
    <svg width={width} height={height} aria-hidden>
      {range && <rect x={0} width={width} y={y(range[1])} height={Math.max(2, y(range[0]) - y(range[1]))} fill="var(--band)" rx={1} />}
      <polyline points={points} fill="none" stroke="var(--ink-2)" strokeWidth={1.4} strokeLinejoin="round" />
      <circle cx={x(values.length - 1)} cy={y(last)} r={2.8} fill={tone === 'bad' ? 'var(--no-show-bar)' : 'var(--progress-bar)'} />
    </svg>
  )
}
