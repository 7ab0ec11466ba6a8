import type { Entry } from './catalogue.ts'

const none = { input: () => ({}) }
const day = { date: '2026-11-17' }
const span = { from: '2026-11-16', to: '2026-11-20' }

export const schedulingInputs: Readonly<Record<string, Entry>> = {
  'scheduling.listDay': { input: () => day },
  'scheduling.listTypes': none,
  'scheduling.listForPatient': { input: (scene) => ({ patientId: scene.patientId }) },
  'scheduling.details': { input: (scene) => ({ id: scene.booked.id }) },
  'scheduling.figures': { input: () => span },
  'scheduling.freeSlots': { input: () => ({ providerId: null, from: '2026-11-18T14:00:00.000Z', durationMin: 15 }) },
  'scheduling.book': {
    input: (scene) => ({ id: scene.newId(), patientId: scene.patientId, providerId: scene.world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-18T14:00:00.000Z', durationMin: 15, reason: null }),
  },
  'scheduling.move': { input: (scene) => ({ ...scene.booked, providerId: scene.world.clinic.providers[0], startsAt: '2026-11-18T15:00:00.000Z' }) },
  'scheduling.arrive': { input: (scene) => scene.booked },
  'scheduling.room': { input: (scene) => ({ ...scene.arrived, roomId: scene.roomId }) },
  'scheduling.start': { input: (scene) => scene.roomed },
  'scheduling.complete': { input: (scene) => scene.started },
  'scheduling.cancel': { input: (scene) => ({ ...scene.booked, reason: 'patient-asked' }) },
  'scheduling.markNoShow': { input: (scene) => scene.booked },
  'scheduling.undo': { input: (scene) => scene.arrived },
  'scheduling.listHours': none,
  'scheduling.listBlocks': { input: () => span },
  'scheduling.setHours': { input: (scene) => ({ providerId: scene.world.clinic.providers[1], from: '2026-12-01', hours: [{ id: scene.newId(), weekday: 1, startMin: 480, endMin: 720 }] }) },
  'scheduling.addBlock': { input: (scene) => ({ id: scene.newId(), providerId: scene.world.clinic.providers[1], startsAt: '2026-11-19T14:00:00.000Z', endsAt: '2026-11-19T15:00:00.000Z', title: 'Meeting' }) },
  'scheduling.removeBlock': { input: (scene) => ({ id: scene.blockId }) },
  'scheduling.saveType': { input: (scene) => ({ id: scene.newId(), name: 'Long visit', durationMin: 45, isActive: true, sortOrder: 9 }) },
}
