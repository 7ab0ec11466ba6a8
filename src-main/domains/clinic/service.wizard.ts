import fs from 'node:fs'
import path from 'node:path'
import { Role } from '#shared/access/roles.ts'
import { SetupDraft, type FirstPersonFields, type NewClinicFields, type RecoverySheet, type SetupProgress } from '#shared/domains/clinic/contract.ts'
import { isGenericUserName } from '#shared/domains/clinic/rules.user-name.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { passwordProblemAt } from '#main/core/keys/block-list.ts'
import type { ActionContext, Door, StreamContext } from '#main/core/rpc/context.ts'
import { enterAs } from '#main/domains/session/service.ts'
import { insertRoom } from './repository.ts'
import { drawSheet, forgetSheet, secretOf, wrongGroups, type Typed } from './service.sheet.ts'
import { buildClinicDatabase } from './service.setup.ts'

/** What was typed so far, without password and key; removed when the clinic exists. */
const draftFile = (core: Core): string => path.join(core.vault.folder, 'setup-draft.json')

export async function readDraft({ core }: ActionContext): Promise<SetupDraft | null> {
  requireEmpty(core)
  const text = await fs.promises.readFile(draftFile(core), 'utf8').catch(() => 'null')
  const parsed = SetupDraft.safeParse(parseJson(text))
  return parsed.success ? parsed.data : null
}

export async function saveDraft({ core }: ActionContext, draft: SetupDraft): Promise<Record<string, never>> {
  requireEmpty(core)
  await fs.promises.mkdir(core.vault.folder, { recursive: true, mode: 0o700 })
  await fs.promises.writeFile(draftFile(core), JSON.stringify(draft), { mode: 0o600 })
  return {}
}

/** The same key again for a window that asks twice: what was printed stays true. */
export async function drawRecoveryKey({ core, door }: ActionContext): Promise<RecoverySheet> {
  requireEmpty(core)
  return drawSheet(core, door)
}

export async function checkRecoveryGroups({ door }: ActionContext, typed: Typed): Promise<{ wrong: number[] }> {
  return { wrong: wrongGroups(door, typed) }
}

/** Nothing is written before the three groups came back from paper. */
export async function* setUp({ core, door, signal }: StreamContext, input: { clinic: NewClinicFields; person: FirstPersonFields; password: string; typed: Typed }): AsyncGenerator<SetupProgress> {
  requireEmpty(core)
  const wrong = wrongGroups(door, input.typed)
  if (wrong.length > 0) throw refuse('RECOVERY_GROUPS_WRONG', { wrong })
  const { clinic, person } = input
  const problem = passwordProblemAt(core, input.password, [clinic.name, person.userName, person.familyName, person.givenName])
  if (problem) throw refuse('PASSWORD_WEAK', { problem })
  if (isGenericUserName(person.userName)) throw refuse('USER_NAME_GENERIC')
  yield { done: 0 }
  for await (const done of buildClinicDatabase(core, newClinic(core, door, input))) {
    if (signal.aborted) return
    yield { done }
  }
  forgetSheet(door)
  fs.rmSync(draftFile(core), { force: true })
  enterAs(core, door, person.userName, { withPrintedKey: true })
  yield { done: 1 }
}

function newClinic(core: Core, door: Door, { clinic, person, password }: { clinic: NewClinicFields; person: FirstPersonFields; password: string }) {
  const id = core.platform.newId
  const { givenName, familyName, title, isProvider, userName } = person
  const { rooms, ...fields } = clinic
  return {
    clinic: {
      id: id(), ...fields, addressLine1: null, addressLine2: null, city: null, state: null, postalCode: null, phone: null, invoicePrefix: '', isDemo: false,
    },
    people: [{
      userId: id(), userName, password,
      // Whoever also sees patients needs both roles: an administrator alone opens no chart.
      roles: isProvider ? [Role.administrator, Role.doctor] : [Role.administrator],
      staff: { id: id(), givenName, familyName, title, credentials: null, npi: null, isProvider, isActive: true, sortOrder: 1 },
    }],
    recoveryKey: secretOf(door),
    seed: (db: Parameters<typeof insertRoom>[0]) => {
      for (let room = 1; room <= rooms; room += 1) insertRoom(db, { id: id(), name: `Room ${room}`, kind: 'exam', sortOrder: room, isActive: true })
    },
  }
}

function requireEmpty(core: Core): void {
  if (core.vault.state !== 'empty') throw refuse('ALREADY_SET_UP')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // A torn draft is no draft.
  }
}
