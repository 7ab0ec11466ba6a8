import { eq } from 'drizzle-orm'
import { absenceLines, absencePlans, appointments, clinicHolidays } from '#drizzle/schema/scheduling.ts'
import type { World } from '#tests/support/world.ts'
import type { Caller, RowClass } from './matrix.ts'
import type { Scene } from './scene.ts'
import { namesOf, ofFile, othersNames, restrictedNames, type Entry } from './entry.ts'

const HOLIDAY_ID = '018f0000-0000-7000-8000-000000000001'
const holiday = ({ core }: World): void => void core.vault.writer.insert(clinicHolidays).values({ id: HOLIDAY_ID, date: '2026-12-26', name: 'Second day' }).run()
/** Said here: two machines that carry out the same command do so at different times. */
const MADE_AT = '2026-11-17T15:00:00.000Z'
const PLAN_ID = '018f0000-0000-7000-8000-000000000002'
const plan = ({ core, clinic }: World): void => void core.vault.writer.insert(absencePlans)
  .values({ id: PLAN_ID, providerId: null, fromOn: '2026-11-18', toOn: '2026-11-18', blockId: null, appliedAt: MADE_AT, appliedBy: clinic.people.receptionist.userId, undoneAt: null }).run()
/** A plan that has left a restricted patient's visit as it is. */
const movedOf = ({ world, files: { restricted } }: Scene): void => {
  plan(world)
  const { core, clinic } = world
  core.vault.writer.insert(absenceLines).values({
    id: '018f0000-0000-7000-8000-000000000004', planId: PLAN_ID, position: 0, patientId: restricted.patientId, appointmentId: restricted.booked.id, kind: 'left', wasProviderId: clinic.providers[1], wasRoomId: null,
    wasStartsAt: MADE_AT, wasEndsAt: MADE_AT, wasStatus: 'booked', doneVersion: restricted.booked.version, startsAt: MADE_AT, waitListEntryId: null,
  }).run()
}
/** The restricted patient's visit on a day that is still to come. */
const ahead = ({ world: { core }, files: { restricted } }: Scene): void => void core.vault.writer.update(appointments)
  .set({ startsAt: '2026-11-18T18:00:00.000Z', endsAt: '2026-11-18T18:15:00.000Z' }).where(eq(appointments.id, restricted.booked.id)).run()
const absence = { providerId: null, from: '2026-11-18', to: '2026-11-18', isAway: false }
const fees = { lateHours: 24, noShowCents: 2_500, lateCancelCents: 0, freeCount: 1, months: 12, typeFees: [] }

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
  'scheduling.listWeek': {
    input: { any: ({ files, world }) => ({ from: files.own.date, providerId: world.clinic.providers[0] }), restricted: ({ files, world }) => ({ from: files.restricted.date, providerId: world.clinic.providers[1] }) },
    hidden: { any: othersNames, restricted: ({ files }) => namesOf(files.restricted) },
  },
  'scheduling.occupancy': { input: () => ({ ...span, providerId: null }) },
  'scheduling.listTypes': none,
  'scheduling.listAllTypes': none,
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
  'scheduling.wouldStrand': { input: () => ({ kind: 'holiday', date: '2026-11-18' }) },
  'scheduling.listHolidays': { input: () => span },
  'scheduling.saveHoliday': { input: (scene) => ({ id: scene.newId(), date: '2026-12-25', name: 'Christmas' }) },
  'scheduling.removeHoliday': { before: ({ world }) => holiday(world), input: () => ({ id: HOLIDAY_ID }) },
  'scheduling.setTelehealth': { input: ofFile(({ booked }) => ({ id: booked.id, url: 'https://meet.example.org/a-room', was: null })) },
  'scheduling.checkOccurrences': { input: ({ world }) => ({ typeId: null, durationMin: 15, occurrences: [{ providerId: world.clinic.providers[0], startsAt: '2026-11-18T14:00:00.000Z' }] }) },
  'scheduling.seriesOf': { input: ofFile(({ booked }) => ({ id: booked.id })) },
  'scheduling.listRelatives': { input: ofFile(({ patientId }) => ({ patientId })), hidden: { own: othersNames } },
  'scheduling.findTogether': { input: () => ({ visits: [{ typeId: null, durationMin: 15 }, { typeId: null, durationMin: 15 }], way: 'in-turn', providerId: null, from: '2026-11-18T14:00:00.000Z', days: 7 }) },
  'scheduling.bookSeries': {
    input: ofFile(({ patientId }, { newId, world }) => ({ id: newId(), patientId, typeId: null, durationMin: 15, reason: null, pattern: { unit: 'week', every: 1, count: 2 }, visits: ['2026-11-25', '2026-12-02'].map((date) => ({ id: newId(), providerId: world.clinic.providers[0], startsAt: `${date}T14:00:00.000Z` })) })),
    absent: 'PATIENT_NOT_FOUND',
  },
  'scheduling.bookTogether': {
    input: ofFile(({ patientId }, { newId, world }) => ({ visits: ['15', '16'].map((hour) => ({ id: newId(), patientId, providerId: world.clinic.providers[0], typeId: null, startsAt: `2026-11-18T${hour}:00:00.000Z`, durationMin: 15, reason: null })) })),
    absent: 'PATIENT_NOT_FOUND', events: 3,
  },
  'scheduling.cancelSeveral': { input: ofFile(({ booked }) => ({ steps: [booked], reason: 'patient-asked' })), absent: 'STEPS_REFUSED' },
  'scheduling.moveSeveral': { input: ofFile(({ booked }, { world }) => ({ moves: [{ ...booked, providerId: world.clinic.providers[0], startsAt: '2026-11-18T15:00:00.000Z' }] })) },
  'scheduling.undoSeveral': { input: ofFile(({ arrived }) => ({ steps: [arrived] })), absent: 'STEPS_REFUSED' },
  'scheduling.joinVideo': {
    before: ({ world }) => void world.core.vault.writer.update(appointments).set({ telehealthUrl: 'https://meet.example.org/a-room' }).run(),
    input: ofFile(({ booked }) => ({ id: booked.id })),
  },
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
  'scheduling.proposePlan': { before: (scene) => ahead(scene), input: { any: () => absence, restricted: ({ world }) => ({ ...absence, providerId: world.clinic.providers[1], isAway: true }) }, hidden: { restricted: restrictedNames } },
  'scheduling.applyPlan': { input: ({ files, newId }) => ({ id: newId(), ...absence, rows: [{ ...files.own.booked, choice: { kind: 'left' } }] }) },
  'scheduling.undoPlan': { before: ({ world }) => plan(world), input: () => ({ id: PLAN_ID }) },
  'scheduling.callSheets': { before: (scene) => movedOf(scene), input: { any: () => ({}), restricted: () => ({}) }, hidden: { restricted: restrictedNames } },
  'scheduling.missedRules': none,
  'scheduling.saveMissedRules': { input: () => fees },
}
