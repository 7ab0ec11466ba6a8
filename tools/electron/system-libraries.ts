import { run } from '#tools/lib/process.ts'
import { Refusal, say, withProgress } from '#tools/lib/terminal.ts'
import fs from 'node:fs'
import path from 'node:path'

type Requirement = { package: string; present: () => boolean }

// One library out of each package that Electron links against, and the package that brings it.
const linked: Record<string, string> = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libgbm.so.1': 'libgbm1',
  'libasound.so.2': 'libasound2',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
}

/** What Electron needs from the system, and without a display also a virtual one and a font. */
export async function installSystemLibraries(executable: string, options: { display: boolean }): Promise<void> {
  if (process.platform !== 'linux') return
  const missing = await missingLibraries(executable)
  const requirements: Requirement[] = missing.length === 0 ? [] : [...new Set(missing.map((name) => linked[name] ?? ''))]
    .filter((name) => name !== '')
    .map((name) => ({ package: name, present: () => false }))
  // Libraries that none of the named packages carries come along as their dependencies.
  if (missing.length > 0 && requirements.length === 0) requirements.push({ package: 'libgtk-3-0', present: () => false })
  if (!options.display) {
    requirements.push({ package: 'xvfb', present: () => fs.existsSync('/usr/bin/Xvfb') })
    requirements.push({ package: 'fonts-liberation', present: () => hasFonts() })
  }
  await installDebianPackages(requirements)
  const still = missing.length > 0 ? await missingLibraries(executable) : []
  if (still.length > 0) throw new Refusal(`Electron still misses ${still.join(', ')}. Install the packages that carry them and try again.`)
}

/** Installs what is missing when this is root on Debian; otherwise says which command does. */
export async function installDebianPackages(requirements: Requirement[]): Promise<void> {
  const wanted = requirements.filter((requirement) => !requirement.present()).map((requirement) => requirement.package)
  if (wanted.length === 0) return
  const isRootOnDebian = fs.existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (!isRootOnDebian) {
    throw new Refusal(`these system packages are missing: ${wanted.join(' ')}\n  sudo apt-get install ${wanted.join(' ')}`)
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env, capture: true })
  const names = await Promise.all(wanted.map(installableName))
  say(`installing ${names.join(' ')}`)
  const result = await withProgress('apt-get install', run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, capture: true }))
  if (result.code !== 0) throw new Refusal(`apt-get install ${names.join(' ')} failed:\n${result.output.slice(-2000)}`)
}

/** Since the 64-bit time change (Debian 13, Ubuntu 24.04) some libraries have a new package name. */
async function installableName(name: string): Promise<string> {
  const renamed = await run('apt-cache', ['show', '--quiet=0', `${name}t64`], { capture: true })
  return renamed.code === 0 && renamed.output.includes('Package:') ? `${name}t64` : name
}

async function missingLibraries(executable: string): Promise<string[]> {
  const result = await run('ldd', [executable], { capture: true })
  return result.output.split('\n').filter((line) => line.includes('not found')).map((line) => path.basename(line.trim().split(' ')[0] ?? ''))
}

function hasFonts(): boolean {
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some((dir) => fs.existsSync(dir) && fs.readdirSync(dir, { recursive: true }).some((file) => /\.(ttf|otf)$/.test(String(file))))
}
