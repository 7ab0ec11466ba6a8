import { MessageChannel } from 'node:worker_threads'
import { beforeEach, describe, expect, it } from 'vitest'
import { clinicalNotes } from '#drizzle/schema/encounters.ts'
import { registrationForms } from '#drizzle/schema/patients.ts'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures, type Procedure } from '#shared/rpc/define.ts'
import { CommonError } from '#shared/rpc/errors.ts'
import { createPortClient } from '#shared/rpc/port-client.ts'
import { servePort } from '#main/core/rpc/transport-port.ts'
import { doors } from '#tests/transport/doors.ts'
import { refusalOf } from '#tests/support/world.ts'
import { stand } from './callers.ts'
import { askAs } from './ask.ts'
import { catalogue, validInput } from './catalogue.ts'
import { entranceOf, type Entrance } from './entrances.ts'
import { hasRight, roleColumns, rowsOf, type Caller } from './matrix.ts'
import { callByName, watchTables, type Outcome } from './probe.ts'
import { othersNames, restrictedNames } from './entry.ts'
import { PSYCHOTHERAPY, SENSITIVE } from './scene.notes.ts'
import { makeScene, type Scene } from './scene.ts'
import { throttle } from './throttle.ts'

// R32: the page of a window is in somebody else's hands. Whatever it sends over its port, the answers are those of the
// matrix for the person at the window, and nobody else.

const procedures = listProcedures(contract)
const guarded = procedures.filter(({ procedure }) => procedure.can !== 'public')
/** A key derivation or a worker for each call. */
const costly = new Set(['clinic.addPerson', 'clinic.resetAccess', 'audit.verify', 'audit.export', 'codes.importFile', 'migration.importFhir', 'migration.lookCsv', 'migration.stageCsv'])

let scene: Scene
let window: Entrance
beforeEach(async () => {
  scene = await makeScene()
  watchTables(scene.world.core)
  const open = doors['message port']
  if (open) window = entranceOf(scene.world.core, 'message port', open)
})

const ask = (caller: Caller, path: string, input: unknown, meanwhile: () => void = () => undefined): Promise<Outcome> =>
  askAs({ scene, entrance: window, caller, path, input: () => (typeof input === 'function' ? (input as () => unknown)() : input), meanwhile })

describe('a hostile page', () => {
  it('R32: gets nothing while the records are closed', async () => {
    const { core } = scene.world
    const first = await window.use()
    stand(core, first.door, 'doctor', 'fresh')
    const { session } = first.door
    core.vault.close()
    for (const { path } of guarded) {
      const { door, client } = await window.use()
      door.session = session
      expect(`${path} ${(await refusalOf(callByName(client, path, {}))).code}`).toBe(`${path} CLOSED`)
    }
    await window.close()
  })

  it('R32: asks for what does not exist and is told so, with a row of the log', async () => {
    for (const path of ['nothing.here', '__proto__.toString', 'constructor.constructor', 'scheduling.__proto__', 'scheduling', 'scheduling.book.input', 'patients.constructor', 'toString', 'session.state.handler']) {
      const { code, touched, audit } = await ask('administrator', path, {})
      expect({ path, code, touched, actions: audit.map((event) => event.action) }).toEqual({ path, code: 'UNKNOWN_PROCEDURE', touched: [], actions: ['call.unknown'] })
    }
    await window.close()
  })

  it('R01, R32: sends frames that are none of the protocol, and the next honest call is answered', async () => {
    const { core } = scene.world
    const { port1, port2 } = new MessageChannel()
    servePort(core, port2, core.openDoor('window'))
    const deepList = Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], 1)
    const frames: unknown[] = [
      null, 7, 'text', [], {}, { id: 'x', path: [] }, { id: Number.NaN, path: ['session', 'state'] }, { id: -1, path: null }, { id: 901, path: 'session.state' }, { id: 902, path: [{ toString: 1 }] }, { id: 903, path: [['session'], 'state'] },
      { id: 904, path: Array.from({ length: 10_000 }, () => 'a') }, { id: 905, cancel: true }, { id: 906, cancel: true, path: ['session', 'lock'] }, { id: 907, path: ['session', 'state'], input: deepList }, { id: 908, path: ['session', 'state'], input: {}, door: 'other', session: { roles: ['administrator'] } }, new Map(), new Error('x'),
    ]
    for (const frame of frames) port1.postMessage(frame)
    const caller = createPortClient((request) => port1.postMessage(request))
    port1.on('message', caller.receive)
    expect(await caller.call(['session', 'state'], {})).toMatchObject({ phase: 'signed-out', person: null })
    port1.close()
    await window.close()
  })

  it('R01, R32: claims to be somebody else in the input, and is refused in its own name', { timeout: 120_000 }, async () => {
    const { people } = scene.world.clinic
    const forged = {
      actor: { userId: people.administrator.userId, roles: ['administrator'] }, actorId: people.doctor.userId, sessionId: scene.newId(), roles: ['administrator'], role: 'administrator', isLocked: false,
      door: 'cli', proof: 'full', provedAt: '2026-11-17T15:00:00.000Z', commandId: scene.newId(), now: '2020-01-01T00:00:00.000Z', scope: 'all', as: 'administrator',
    }
    const wrong: string[] = []
    for (const { path, procedure } of guarded) {
      for (const caller of roleColumns) {
        const claims = Object.entries(forged).filter(([name]) => !knows(procedure, name))
        const { code, touched, audit } = await ask(caller, path, () => ({ ...(validInput(scene, path, caller) as object), ...Object.fromEntries(claims) })) // Every input is an object.
        const expected = hasRight(path, caller) || procedure.can === 'signed-in' ? CommonError.INVALID_INPUT : CommonError.FORBIDDEN
        const own = people[caller].userId
        if (code !== expected || touched.length > 0 || audit.length !== 1 || audit[0]?.actorId !== own) wrong.push(`${path} as ${caller}: ${code ?? 'allowed'}`)
      }
    }
    await window.close()
    expect(wrong).toEqual([])
  })

  it('R02, R32, R40: calls everything with the ids of other rows and people, and gets exactly the matrix', { timeout: 120_000 }, async () => {
    const ids = idsOf(scene)
    const wrong: string[] = []
    let checks = 0
    throttle(scene, true)
    for (const { path, procedure } of guarded.filter((one) => !costly.has(one.path))) {
      for (const caller of roleColumns) {
        const before = othersText(caller)
        // Whom the role keeps out is kept out before anybody looks at an id.
        for (const input of swapped(validInput(scene, path, caller), hasRight(path, caller) ? ids : ids.slice(0, 1))) {
          checks += 1
          let after = ''
          const { code, touched, audit, output } = await ask(caller, path, input, () => (after = othersText(caller)))
          const where = `${path} as ${caller} ${JSON.stringify(input).slice(0, 200)}`
          if (procedure.can !== 'signed-in' && !hasRight(path, caller) && code !== CommonError.FORBIDDEN) wrong.push(`${where}: ${code ?? 'allowed'}`)
          if (code === CommonError.INTERNAL) wrong.push(`${where}: broke`)
          if (code !== null && (touched.length > 0 || audit.length !== 1)) wrong.push(`${where}: refused, but changed ${touched.join(', ')} and logged ${audit.length} times`)
          // A doctor may sign what a nurse wrote; nobody may change a word of it.
          if (after !== before) wrong.push(`${where}: changed what somebody else is writing`)
          const text = JSON.stringify(output ?? null)
          // An id that the page itself has sent comes back as the id of what was made.
          if (hiddenFrom(path, caller).some((part) => text.includes(part) && !JSON.stringify(input).includes(part))) wrong.push(`${where}: shows what is somebody else's`)
        }
      }
    }
    await window.close()
    console.log(`hostile page: ${checks} calls with other ids`)
    expect(wrong).toEqual([])
  })
})

const knows = (procedure: Procedure, field: string): boolean => Object.hasOwn((procedure.input.toJSONSchema({ io: 'input', unrepresentable: 'any' }).properties ?? {}) as object, field)

/** The words of every draft and form that is not the caller's. */
function othersText(caller: Caller): string {
  const people = scene.world.clinic.people
  const own = caller in people ? people[caller as keyof typeof people].userId : ''
  const db = scene.world.core.vault.reader
  const notes = db.select().from(clinicalNotes).all().filter((note) => note.authorId !== own).map(({ id, subjective, objective, assessment, plan }) => [id, subjective, objective, assessment, plan])
  const forms = db.select().from(registrationForms).all().filter((form) => form.userId !== own)
  return JSON.stringify([notes, forms])
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8]/

/** Nothing of a restricted patient to anybody, nothing of others to a patient, no words of a note that is kept from the reader. */
function hiddenFrom(path: string, caller: Caller): string[] {
  const kept = [...restrictedNames(scene), SENSITIVE, PSYCHOTHERAPY, scene.notes.psychotherapy.noteId, ...othersNames(scene, caller)]
  const own = rowsOf(path).some((row) => row['row class'] === 'any' && row[caller] === 'O') ? catalogue[path]?.hidden?.any?.(scene, caller) ?? [] : []
  // Who may restrict and review has to say whom it was about, and an act answers with the id that it was given.
  return path.startsWith('access.') || path.startsWith('audit.') ? own : [...kept.filter((part) => part !== scene.files.restricted.patientId), ...own]
}

/** One id of each kind of row that the scene has. */
const idsOf = ({ world, files: { team, other, restricted, own }, notes, forms, blockId, feeId, approvals, glass, covers }: Scene): string[] => [
  ...[other, restricted].flatMap(({ patientId, billed, open, booked }) => [patientId, booked.id, billed.invoiceId, open.encounterId]),
  own.patientId, team.contactId, team.billed.paymentId, team.facts.vital,
  notes.nurse.noteId, notes.nurse.copyId, notes.psychotherapy.noteId, forms.receptionist ?? '', blockId, feeId, approvals.open.billing, glass.doctor, covers.colleague,
  world.clinic.people.administrator.userId, world.clinic.people.doctor.staffId, world.core.platform.newId(),
]

/** The input once for each of its ids and each id in its place. */
function swapped(input: unknown, ids: readonly string[]): unknown[] {
  const fields = Object.entries(input as object).filter(([, value]) => typeof value === 'string' && UUID.test(value)).map(([name]) => name) // Every input is an object.
  return fields.flatMap((field) => ids.map((id) => ({ ...(input as object), [field]: id })))
}
