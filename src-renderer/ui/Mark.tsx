const lower = 'M3.6 25.2C3.6 22.3 7.5 21 15.8 21c8.7 0 12.8 1.3 12.8 4.3S24.4 29.2 16 29.2 3.6 28.3 3.6 25.2Z'
const middle = 'M7.4 16.6c-.2-2.5 3-3.6 8.4-3.7 5.2-.1 8.5.9 8.6 3.5.1 2.5-3.1 3.3-8.2 3.4-5.2.1-8.6-.7-8.8-3.2Z'
const top = 'M11.2 8.5C11 5.8 13.3 4.1 16.4 3.9c3.1-.2 5.2 1.3 5.2 3.9 0 2.5-1.9 3.7-5 3.9-3.1.2-5.2-.6-5.4-3.2Z'

/** Three stones that stand without mortar. On paper the top one is grey; empty states show all three in grey. */
export function Mark({ size = 30, tone = 'screen' }: { size?: number; tone?: 'screen' | 'paper' | 'empty' }) {
  const fill = { screen: 'var(--mark-stone)', paper: 'gray', empty: 'currentColor' }[tone]
  const naming = tone === 'empty' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': 'Cairn' }
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" opacity={tone === 'empty' ? 0.35 : undefined} {...naming}>
      <path fill="currentColor" d={lower} />
      <path fill="currentColor" d={middle} />
      <path fill={fill} d={top} />
    </svg>
  )
}
