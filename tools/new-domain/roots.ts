import fs from 'node:fs'
import path from 'node:path'

type Domain = { names: string; name: string }
type Root = { file: string; enter: (text: string, domain: Domain) => string }

/** Enters a domain in each list that names all domains, and returns the files that were changed. */
export function enterInRoots(projectRoot: string, domain: Domain): string[] {
  for (const { file, enter } of roots) {
    const full = path.join(projectRoot, file)
    const before = fs.readFileSync(full, 'utf8')
    const after = enter(before, domain)
    if (after === before) throw new Error(`${file} has no place for a new domain any more; mend tools/new-domain/roots.ts`)
    fs.writeFileSync(full, after)
  }
  return roots.map((root) => root.file)
}

const roots: Root[] = [
  {
    file: 'src-shared/rpc/contract.ts',
    enter: (text, { names }) => addEntry(addImport(text, `import { ${names} } from '../domains/${names}/contract.ts'`), 'export const contract = {', '}', `${names},`),
  },
  {
    file: 'src-main/core/rpc/handlers.ts',
    enter: (text, { names }) =>
      addEntry(
        addImport(text, `import { ${names}Procedures } from '#main/domains/${names}/procedures.ts'`, '#main/domains/'),
        'const handlers: Handlers<typeof contract> = {', '}', `${names}: ${names}Procedures,`,
      ),
  },
  {
    file: 'src-renderer/app/contributions.ts',
    enter: (text, { names }) =>
      addEntry(addImport(text, `import { ${names}Contribution } from '#renderer/domains/${names}/contribution.tsx'`), 'export const contributions: readonly Contribution[] = [', ']', `${names}Contribution,`),
  },
  {
    file: 'src-shared/rpc/define.ts',
    enter: (text, { names }) => text.replace(/(export type Topic =[^\n]*(?:\n\s+\|[^\n]*)*)/, (list) => `${list} | '${names}'`),
  },
  {
    file: 'src-shared/access/permissions.ts',
    enter: (text, { name }) =>
      text.replace('} as const satisfies Record<string, readonly Role[]>', `  '${name}.read': [Role.doctor, Role.nurse],\n  '${name}.write': [Role.doctor, Role.nurse],\n} as const satisfies Record<string, readonly Role[]>`),
  },
]

/** After the last import whose source begins with `beside`, or after the last of all. */
function addImport(text: string, line: string, beside = ''): string {
  const lines = text.split('\n')
  const at = lines.findLastIndex((one) => one.startsWith('import ') && one.includes(`from '${beside}`))
  return lines.toSpliced(at + 1, 0, line).join('\n')
}

/** As the last line of the list between `open` and the bracket that closes it. */
function addEntry(text: string, open: string, close: string, entry: string): string {
  const from = text.indexOf(open)
  if (from < 0) return text
  const start = from + open.length
  const end = text.indexOf(close, start)
  const inner = text.slice(start, end).trim()
  const lines = inner.includes('\n') || inner === '' ? inner : inner.replaceAll(/,\s*/g, ',\n  ')
  const list = inner === '' ? '' : `  ${lines.replace(/,?$/, ',')}\n`
  return `${text.slice(0, start)}\n${list}  ${entry}\n${text.slice(end)}`
}
