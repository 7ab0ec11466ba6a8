import fs from 'node:fs'
import path from 'node:path'

/** Public data for development, beside the project and never in it. */
const folder = path.resolve(import.meta.dirname, '../../../shared/data')

/** The files of those named that are there. Where there are none, it says so: the cases on them were left out, and the tests' own files stand for them. */
export function presentFiles(names: readonly string[]): { name: string; file: string }[] {
  const present = names.map((name) => ({ name, file: path.join(folder, name) })).filter(({ file }) => fs.existsSync(file))
  if (present.length < names.length) console.warn(`left out, because ${folder} has no ${names.filter((name) => !present.some((one) => one.name === name)).join(', ')}`)
  return present
}
