import { inRoot } from '#tools/lib/paths.ts'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// The goal: nobody but the pipeline says for whom rows are read, and no repository reads a patient's rows for nobody.
const files = ['src-main', 'src-shared', 'src-renderer'].flatMap((dir) =>
  fs.readdirSync(inRoot(dir), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => path.relative(inRoot(), path.join(entry.parentPath, entry.name))))
const text = (file: string): string => fs.readFileSync(inRoot(file), 'utf8')
const using = (word: RegExp): string[] => files.filter((file) => word.test(text(file))).toSorted()

test('the scope is made by the pipeline alone', () => {
  expect(using(/\bscopeOf\b/)).toEqual(['src-main/core/access/scope.ts', 'src-main/core/rpc/surroundings.ts'])
  expect(using(/\bas (Scope|OpenedFile|OpenedMinimum|OpenedChart)\b/)).toEqual(['src-main/core/access/opened.ts', 'src-main/core/access/scope.ts'])
})

test('no function of a repository takes a patient by a bare id to read', () => {
  // Ids of patients go in bare where a row is written, and where an id alone is looked for: whether it is used, whose chart to open.
  const bare = files.filter((file) => /domains\/(patients|encounters|scheduling|billing)\/repository[^/]*\.ts$/.test(file)).flatMap((file) =>
    [...text(file).matchAll(/export (?:const|function) (\w+)(?: = )?\(db: ReadDb, patientId: (?:Id|string)/g)].map((match) => `${file}: ${match[1]}`))
  expect(bare).toEqual(['src-main/domains/patients/repository.ts: patientExists'])
})
