/**
 * What follows `cli` when the app was started as `cairn cli <command> ...`, otherwise undefined.
 * Switches of Chromium may stand before it (`--no-sandbox` in a container), and in development the app's folder.
 */
export function cliArguments(argv: readonly string[], options: { defaultApp: boolean }): string[] | undefined {
  const words = argv.slice(1)
  const positions = words.flatMap((word, i) => (word.startsWith('-') ? [] : [i]))
  const at = positions[options.defaultApp ? 1 : 0]
  return at !== undefined && words[at] === 'cli' ? words.slice(at + 1) : undefined
}
