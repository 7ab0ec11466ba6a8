/**
 * Switches that open a way in beside the windows or take a wall away: debuggers, extensions, flags of the script engine,
 * a renderer without its sandbox, helpers started through somebody else's program. Chromium takes them with one dash,
 * two dashes or (on Windows) a slash, and anywhere on the line.
 */
const REFUSED = [
  /^remote-(debugging|allow-origins)/, /^inspect/, /^debug(-|$)/, /^js-flags$/, /^load-extension$/, /^disable-extensions-except$/,
  /^(no|disable(-setuid|-seccomp-filter|-namespace|-gpu)?)-sandbox$/, /^no-zygote$/, /^single-process$/, /^disable-web-security$/, /^disable-site-isolation/,
  /^(renderer|utility|ppapi-plugin)-cmd-prefix$/, /^(gpu|utility|ppapi-plugin)-launcher$/, /^browser-subprocess-path$/, /^(enable|disable)-blink-features$/,
  /^(ssl-key-log-file|log-net-log|net-log-capture-mode)$/, /^host-(resolver-)?rules$/,
]

/**
 * The switches of a start that a packed build refuses. `withoutSandbox`: nothing of the page runs (the command line), or
 * this is the package of the test command, which has to start as root.
 */
export function refusedSwitches(argv: readonly string[], { withoutSandbox }: { withoutSandbox: boolean }): string[] {
  const names = argv.slice(1).flatMap((word) => /^(?:--?|\/)([a-z][a-z-]*)/i.exec(word)?.[1]?.toLowerCase() ?? [])
  return [...new Set(names)].filter((name) => REFUSED.some((one) => one.test(name)) && !(withoutSandbox && name === 'no-sandbox'))
}
