import type { Finding } from '#shared/domains/audit/model.ts'
import { verifyLog } from '#main/domains/audit/service.verify.ts'
import type { CliCommand } from './command.ts'
import { unlockDatabase } from './unlock.ts'

/** Walks the whole activity log and names the first thing that is wrong. Exit code 0: all of it fits. */
export const verifyAuditCommand: CliCommand = {
  usage: 'verify-audit [--as USER] --unlock FILE                walk the activity log and name the first event that is wrong',
  options: {},
  run: async (context) => {
    const { core, print, note } = context
    const door = await unlockDatabase(context)
    const walk = verifyLog(core, door)
    let told = 0
    let step = await walk.next()
    for (; !step.done; step = await walk.next()) {
      const tenth = Math.floor((step.value.done / step.value.total) * 10)
      if (tenth > told) note(`${tenth * 10} %`)
      told = tenth
    }
    const { rows, finding } = step.value
    note(finding ? `BAD ${inWords[finding.kind](finding.seq)}` : `ok  ${rows} events, each as it was written`)
    print(JSON.stringify({ whole: finding === null, rows, finding }))
    return finding ? 1 : 0
  },
}

const inWords: Record<Finding['kind'], (seq: number) => string> = {
  altered: (seq) => `event ${seq} is not what was written`,
  missing: (seq) => `event ${seq} is missing`,
  inserted: (seq) => `event ${seq} was inserted later`,
  reordered: (seq) => `event ${seq} stands in another's place`,
  truncated: (seq) => `the log was cut off: events from ${seq} on are gone`,
  anchor: (seq) => `the signed anchor at event ${seq} does not fit: one of them was changed`,
  'anchor-file': () => 'anchors.log lacks what was written to it; the log itself fits',
  'no-chain': () => 'the log has no chain: its keys were removed',
}
