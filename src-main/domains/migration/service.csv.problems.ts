import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { csvLine } from '#shared/domains/audit/rules.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { limits } from '#shared/kernel/limits.ts'
import { refuse } from '#shared/rpc/errors.ts'
import { writeWhole } from '#main/core/files/whole-file.ts'
import type { ActionContext } from '#main/core/rpc/context.ts'
import * as repository from './repository.csv.ts'

/** Every problem as a table beside the file: the list to mend the file by. The name holds a day and nothing else. */
export async function saveCsvProblems(context: ActionContext, { id, folder }: { id: Id; folder: string }): Promise<{ name: string; rows: number }> {
  const lines = [csvLine(['line', 'column', 'problem', 'left out', 'in the file'])]
  for (let after = 0; ;) {
    const page = context.read(({ db }) => repository.listProblems(db, id, after, limits.sync_page_rows))
    lines.push(...page.map((one) => csvLine([one.line, one.field ?? '', one.code, one.stops ? 'whole row' : 'this value', one.value])))
    after = page.at(-1)?.id ?? after
    if (page.length < limits.sync_page_rows) break
    await nextTurn()
  }
  const name = `import-problems-${context.now.slice(0, 10)}.csv`
  try {
    if (!fs.statSync(folder).isDirectory()) throw refuse('FOLDER_NOT_WRITABLE')
    writeWhole(path.join(folder, name), `\uFEFF${lines.join('')}`)
  } catch {
    throw refuse('FOLDER_NOT_WRITABLE')
  }
  context.transact('migration.csv-problems-saved', ({ audit }) => audit({ entityId: id, itemCount: lines.length - 1 }), { topics: [] })
  return { name, rows: lines.length - 1 }
}
