import { clinicHolidays } from '#drizzle/schema/scheduling.ts'
import type { World } from '#tests/support/world.ts'
import type { Caller, RowClass } from './matrix.ts'
import type { Scene } from './scene.ts'
import { namesOf, ofFile, othersNames, restrictedNames, type Entry } from './entry.ts'

const HOLIDAY_ID = '018f0000-0000-7000-8000-000000000001'
const holiday = ({ core }: World): void => void core.vault.writer.insert(clinicHolidays).values({ id: HOLIDAY_ID, date: '2026-12-26', name: 'Second day' }).run()
const twoPeople = { denials: { own: 'NEEDS_SECOND_PERSON', restricted: 'NEEDS_SECOND_PERSON' } }
function haveDied({ world, files }: Scene, _caller: Caller, rowClass: RowClass): void {
  const { patientId } = rowClass in files ? files[rowClass as keyof Scene['files']] : files.team // As just looked up.
  world.core.vault.writer.$client.prepare(`update patients set deceased_on = '2026-11-16' where id = ?`).run(patientId)
}
const none = { input: () => ({}) }
const wishes = { typeId: null, durationMin: 30, providerId: null, fromMin: 540, toMin: 720 }
const span = { from: '2026-11-16', to: '2026-11-20' }
const step = (of: 'booked' | 'arrived' | 'roomed' | 'started', more: object = {}): Entry => ({ input: ofFile((file) => ({ ...file[of], ...more })) })

export const schedulingInputs: Readonly<Record<string, Entry>> = {
  'scheduling.listDay': {
    input: { any: ({ files }) => ({ date: files.own.date }), restricted: ({ files }) => ({ date: files.restricted.date }) },
    hidden: { any: othersNames, restricted: ({ files }) => namesOf(files.restricted) },
  },
  'scheduling.listTypes': none,
  'scheduling.listForPatient': { input: ofFile(({ patientId }) => ({ patientId })), hidden: { own: othersNames } },
  'scheduling.details': { input: ofFile(({ booked }) => ({ id: booked.id })), hidden: { own: othersNames } },
  'scheduling.figures': { input: () => span },
  'scheduling.freeSlots': { input: () => ({ providerId: null, from: '2026-11-18T14:00:00.000Z', durationMin: 15 }) },
  'scheduling.book': {
    input: ofFile(({ patientId }, { newId, world }) => ({ id: newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T14:00:00.000Z', durationMin: 15, reason: null })),
    absent: 'PATIENT_NOT_FOUND',
  },
  'scheduling.move': { input: ofFile(({ booked }, { world }) => ({ ...booked, providerId: world.clinic.providers[0], startsAt: '2026-11-18T15:00:00.000Z' })) },
  'scheduling.arrive': step('booked'),
  'scheduling.room': { input: ofFile(({ arrived }, { roomId }) => ({ ...arrived, roomId })) },
  'scheduling.start': step('roomed'),
  'scheduling.complete': step('started'),
  'scheduling.cancel': step('booked', { reason: 'patient-asked' }),
  'scheduling.markNoShow': step('booked'),
  'scheduling.undo': step('arrived'),
  'scheduling.listHours': none,
  'scheduling.listBlocks': { input: () => span },
  'scheduling.setHours': { input: (scene) => ({ providerId: scene.world.clinic.providers[1], from: '2026-12-01', hours: [{ id: scene.newId(), weekday: 1, startMin: 480, endMin: 720 }] }) },
  'scheduling.addBlock': { input: (scene) => ({ id: scene.newId(), providerId: scene.world.clinic.providers[1], startsAt: '2026-11-19T14:00:00.000Z', endsAt: '2026-11-19T15:00:00.000Z', title: 'Meeting' }) },
  'scheduling.removeBlock': { input: (scene) => ({ id: scene.blockId }) },
  'scheduling.findSlots': { input: (scene) => ({ providerIds: [], typeId: scene.world.clinic.types.short, durationMin: 15, from: '2026-11-18T14:00:00.000Z', days: 14, dayParts: ['morning'] }) },
  'scheduling.listStranded': { input: () => span },
  'scheduling.listHolidays': { input: () => span },
  'scheduling.saveHoliday': { input: (scene) => ({ id: scene.newId(), date: '2026-12-25', name: 'Christmas' }) },
  'scheduling.removeHoliday': { before: ({ world }) => holiday(world), input: () => ({ id: HOLIDAY_ID }) },
  'scheduling.setTelehealth': { input: ofFile(({ booked }) => ({ id: booked.id, url: 'https://meet.example.org/a-room' })) },
  'scheduling.saveType': { input: (scene) => ({ id: scene.newId(), name: 'Long visit', durationMin: 45, isActive: true, sortOrder: 9 }) },
  'scheduling.listWaitList': { input: { any: () => ({}), restricted: () => ({}) }, hidden: { any: othersNames, restricted: restrictedNames } },
  'scheduling.deathOutlook': { input: ofFile(({ patientId }) => ({ patientId })) },
  'scheduling.recordDeath': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, deceasedOn: '2026-11-16' })), ...twoPeople },
  'scheduling.reverseDeath': { input: ofFile(({ patientId }) => ({ patientId, reason: 'Somebody else' })), before: haveDied, ...twoPeople },
  'scheduling.addToWaitList': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, ...wishes })), absent: 'PATIENT_NOT_FOUND' },
  'scheduling.changeWaitListEntry': { input: ofFile(({ waitingEntry }) => ({ ...waitingEntry, ...wishes })) },
  'scheduling.noteOffer': { input: ofFile(({ waitingEntry }) => ({ ...waitingEntry, outcome: 'declined' })) },
  'scheduling.withdrawFromWaitList': { input: ofFile(({ waitingEntry }) => waitingEntry) },
  'scheduling.fillFromWaitList': { input: ofFile(({ waitingEntry }, { newId, world }) => ({ ...waitingEntry, bookingId: newId(), providerId: world.clinic.providers[0], startsAt: '2026-11-18T16:00:00.000Z' })) },
}
