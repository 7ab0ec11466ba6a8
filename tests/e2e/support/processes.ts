import fs from 'node:fs'

/** The process and all that it started. */
export function processesOf(parent: number): number[] {
  const children = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(/^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${name}/stat`))?.[1]) === parent)
  return [parent, ...children.flatMap((name) => processesOf(Number(name)))]
}

/** Empty once the process has ended. */
export function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
