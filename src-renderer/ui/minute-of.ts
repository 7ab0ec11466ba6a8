/** "8", "8:30", "17:15", "5 pm" as minutes since midnight; undefined when it is no time. */
export function minuteOf(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (!match) return undefined
  const [hour, minute, half] = [Number(match[1]), Number(match[2] ?? 0), match[3]?.toLowerCase()]
  const full = half === 'pm' && hour < 12 ? hour + 12 : half === 'am' && hour === 12 ? 0 : hour
  return full <= 24 && minute < 60 && full * 60 + minute <= 1440 ? full * 60 + minute : undefined
}
