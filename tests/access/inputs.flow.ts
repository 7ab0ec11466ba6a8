import type { World } from '#tests/support/world.ts'
import { ofFile, othersNames, type Entry } from './entry.ts'
import type { Scene } from './scene.ts'

const DEVICE_ID = '018f0000-0000-7000-8000-00000000d0e5'
const none = { input: () => ({}) }
const ticket = ({ newId }: Scene) => ({ id: newId(), deviceId: DEVICE_ID, letter: 'A', number: 1 })
const versionOf = ({ core }: World, id: string): number => core.vault.reader.$client.prepare('select version from appointments where id = ?').pluck().get(id) as number

export const flowInputs: Readonly<Record<string, Entry>> = {
  'flow.settings': none,
  'flow.saveSettings': { input: () => ({ amberMin: 10, redMin: 20, displayShows: 'initials', hasChime: false }) },
  'flow.board': { input: ({ files }) => ({ date: files.own.date }), hidden: { any: othersNames } },
  'flow.nextTicket': none,
  'flow.walkIn': {
    input: ofFile(({ patientId }, scene) => ({
      id: scene.newId(), patientId, providerId: scene.world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T14:00:00.000Z', durationMin: 15, reason: null, ticket: ticket(scene),
    })),
    absent: 'PATIENT_NOT_FOUND',
  },
  'flow.giveTicket': { input: ofFile(({ booked }, scene) => ({ appointmentId: booked.id, ticket: ticket(scene) })) },
  'flow.call': { input: ofFile(({ arrived }, scene) => ({ id: scene.newId(), appointmentId: arrived.id, roomId: scene.roomId, ticket: ticket(scene) })) },
  'flow.findTicket': { input: () => ({ text: 'A1' }), hidden: { any: othersNames } },
  /** Of the display's own door: nobody who signs in anywhere is answered. */
  'flow.displayFeed': none,
  'scheduling.leave': { input: ofFile(({ billed }, { world }) => ({ id: billed.appointmentId, version: versionOf(world, billed.appointmentId) })) },
}
