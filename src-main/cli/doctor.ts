import fs from 'node:fs'
import path from 'node:path'
import { findDamage } from '#main/core/db/damage.ts'
import { readMigrations, schemaVersion } from '#main/core/db/migrate.ts'
import { readKeyring } from '#main/core/keys/keyring.ts'
import { hasKeyring } from '#main/core/keys/keyring-files.ts'
import { ledgerProblems } from '#main/domains/billing/service.health.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import type { CliCommand, CliContext } from './command.ts'
import { unlockDatabase } from './unlock.ts'

interface Finding {
  check: string
  ok: boolean
  detail?: string
}

/** Looks at everything a clinic's records stand on and says in words what is wrong; changes nothing. */
export const doctorCommand: CliCommand = {
  usage: 'doctor [--as USER] --unlock FILE                      check the records and say what is wrong',
  options: {},
  run: async (context) => {
    const findings: Finding[] = [...(await checks(context))]
    for (const { check, ok, detail } of findings) context.note(`${ok ? 'ok ' : 'BAD'} ${check}${detail ? `: ${detail}` : ''}`)
    const healthy = findings.every((one) => one.ok)
    context.print(JSON.stringify({ healthy, findings }))
    return healthy ? 0 : 1
  },
}

async function checks(context: CliContext): Promise<Finding[]> {
  const { folder, file } = context.core.vault
  if (!hasKeyring(folder)) return [{ check: 'keyring', ok: false, detail: 'no clinic has been set up in this folder' }]
  const findings = [keyringFinding(folder), fileFinding(file)]
  if (findings.some((one) => !one.ok)) return findings
  try {
    await unlockDatabase(context)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'UNLOCK_NEEDED' || error.code === 'SIGN_IN_REFUSED') throw error
    return [...findings, { check: 'opens', ok: false, detail: error.code }]
  }
  return [...findings, { check: 'opens', ok: true }, ...databaseFindings(context)]
}

function keyringFinding(folder: string): Finding {
  try {
    return { check: 'keyring', ok: true, detail: `${readKeyring(folder).slots.length} key slots` }
  } catch {
    return { check: 'keyring', ok: false, detail: 'no copy is readable; restore keyring.json from a backup' }
  }
}

function fileFinding(file: string): Finding {
  if (!fs.existsSync(file)) return { check: 'database file', ok: false, detail: `${path.basename(file)} is missing; restore the last backup` }
  return { check: 'database file', ok: true, detail: `${Math.round(fs.statSync(file).size / 1024)} KB` }
}

function databaseFindings({ core }: CliContext): Finding[] {
  const damage = findDamage(core.vault.writer)
  const orphans = core.vault.writer.$client.pragma('foreign_key_check') as unknown[] // One row for each broken reference.
  const version = schemaVersion(core.vault.writer)
  const newest = readMigrations(core.options.migrationsFolder).length
  const money = version === newest ? ledgerProblems(core.vault.writer) : []
  return [
    { check: 'pages', ok: damage.length === 0, detail: damage.length === 0 ? 'every page reads and fits' : `${damage.length} problems; restore the last backup` },
    { check: 'references', ok: orphans.length === 0, detail: orphans.length === 0 ? 'every reference finds its row' : `${orphans.length} rows point nowhere` },
    { check: 'money', ok: money.length === 0, detail: money.length === 0 ? 'every bill and receipt agrees with the ledger' : money.map((one) => `${one.check}: ${one.count}`).join('; ') },
    { check: 'schema', ok: version === newest, detail: `version ${version} of ${newest}` },
  ]
}
