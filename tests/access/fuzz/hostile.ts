/** Text that has broken programs before. Each is harmless where text is only ever text. */
export const sqlTexts = [
  `'`, `"`, `';--`, `' OR '1'='1`, `" OR ""="`, `') OR ('1'='1' --`, `1; DROP TABLE patients; --`, `'; DELETE FROM audit_events; --`, `' UNION SELECT login_hash FROM user_accounts --`,
  `x'; UPDATE user_accounts SET disabled_at = NULL; --`, `'; ATTACH DATABASE 'x' AS y; --`, `'; PRAGMA key = ''; --`, `%`, `_`, `%_%`, `[a-z]`, `\\`, `\\'`, `?`, `:id`, `@p`, `$1`, `/*`, `*/`, `--`,
  `NEAR("a" "b", 5)`, `"unclosed`, `a* OR b*`, `family_name:a`, `^a`, `{a b}:c`, `a NOT b`, `(((`, `AND`, `"" ""`, `CAST(1 AS text)`, `char(0)`, `'||(select 1)||'`, `0x27`, `＇ OR ＇1＇=＇1`,
] as const

const markup = [`<script>polluted = 1</script>`, `<img src=x onerror=alert(1)>`, `"><svg onload=x>`, `javascript:alert(1)`, `{{7*7}}`, '${7*7}', `<!--`, `]]>`, `&lt;`, `%3Cscript%3E`]
const formulas = [`=1+1`, `+cmd|' /C calc'!A0`, `-2+3`, `@SUM(A1)`, `\t=1`, `\r=1`]
const controls = ['\u0000', 'a\u0000b', '\u0007', '\u001b[31m', '\r\n', '\u2028', '\ufeff', '\u007f', '\ufffe', '\ud800', '\udc00x', 'a\u0301'.repeat(40)]
const directions = ['\u202e\u0041', '\u2066x\u2069', '\u200f\u200e', '\u202a\u202b\u202c', 'שלום', 'مرحبا', '\u200b', '\u200d👩‍⚕️']
const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'null', 'undefined', 'NaN', 'true', '0', '-0', '1e999', '../../etc/passwd', 'C:\\con', '/dev/null', '/dev/zero', '.', '%00', '']

export const hostileTexts: readonly string[] = [...sqlTexts, ...markup, ...formulas, ...controls, ...directions, ...names]

/** What JSON and structured clone can carry and no field expects. */
export function hostileValues(): unknown[] {
  return [
    null, undefined, true, false, 0, -0, -1, 1.5, Number.NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.MAX_VALUE, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 63),
    10n, new Date(0), new Date(Number.NaN), [], {}, [[]], [null], { length: 5 }, new Map([['a', 1]]), new Set([1]), /a+/, new Uint8Array(3), new Error('text of the caller'),
    'x'.repeat(70_000), deep(2_000), Array.from({ length: 5_000 }, () => 0), polluting(), Object.create(null), ...hostileTexts,
  ]
}

export const extremeDates = [
  '0000-01-01', '0001-01-01', '1582-10-10', '1900-02-28', '1970-01-01', '2000-02-29', '2026-02-29', '2026-11-31', '9999-12-31', '10000-01-01', '2026-13-01', '2026-1-1', '17/11/2026', 'today', '-000001-01-01',
] as const
export const extremeInstants = [
  '0000-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '2026-03-08T07:30:00.000Z', '2026-11-01T05:30:00.000Z', '2038-01-19T03:14:08.000Z', '9999-12-31T23:59:59.999Z',
  '2026-11-17T24:00:00.000Z', '2026-11-17T10:00:00Z', '2026-11-17T10:00:00.000+01:00', '2026-06-30T23:59:60.000Z', '2026-11-17T10:00:00.0000Z',
] as const

function deep(levels: number): unknown {
  let inner: unknown = 'bottom'
  for (let i = 0; i < levels; i += 1) inner = { inner }
  return inner
}

/** Own members with the names of the language's, as JSON.parse makes them. */
export function polluting(): Record<string, unknown> {
  return JSON.parse('{"__proto__": {"polluted": true, "isLocked": false}, "constructor": {"prototype": {"polluted": true}}, "toString": null}') as Record<string, unknown> // As written.
}
