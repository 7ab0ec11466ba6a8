import { equipment, resourceOutages } from '#drizzle/schema/rooms.ts'
import { coverageRules, leaveRequests, rosterTemplates, shifts, swapRequests } from '#drizzle/schema/staff.ts'
import type { Entry } from './entry.ts'
import type { Caller } from './matrix.ts'
import type { Scene } from './scene.ts'

// Rooms, equipment and the roster: what each check needs is put there by itself and taken back with it.
const none = { input: () => ({}) }
const known = (n: number): string => `018f0000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
const [SHIFT, LEAVE, SWAP, TEMPLATE, RULE, PIECE, OUTAGE] = [1, 2, 3, 4, 5, 6, 7].map(known) as [string, string, string, string, string, string, string] // As many as are named.
const AT = '2026-11-17T14:00:00.000Z'
const week = { weekOf: '2026-11-30' }
const times = { kind: 'work', startMin: 480, endMin: 1_020, breakStartMin: 720, breakEndMin: 780 } as const
const writer = ({ world }: Scene) => world.core.vault.writer
const staffOf = ({ world }: Scene, caller: Caller): string => (world.clinic.people[caller as keyof typeof world.clinic.people] ?? world.clinic.people.nurse).staffId
const other = (scene: Scene, caller: Caller): string => (caller === 'pharmacist' ? scene.world.clinic.people.nurse : scene.world.clinic.people.pharmacist).staffId

const addShift = (scene: Scene, staffId: string): void => void writer(scene).insert(shifts).values({ id: SHIFT, staffId, date: '2026-11-30', ...times }).run()
const addLeave = (scene: Scene, staffId: string): void => void writer(scene).insert(leaveRequests).values({
  id: LEAVE, staffId, kind: 'vacation', fromOn: '2026-12-01', toOn: '2026-12-04', status: 'requested', requestedAt: AT, requestedBy: scene.world.clinic.people.nurse.userId,
}).run()
function addSwap(scene: Scene, fromStaffId: string, toStaffId: string, status: 'asked' | 'agreed' = 'asked'): void {
  addShift(scene, fromStaffId)
  writer(scene).insert(swapRequests).values({ id: SWAP, shiftId: SHIFT, fromStaffId, toStaffId, status, requestedAt: AT }).run()
}
const wish = { kind: 'vacation', fromOn: '2026-12-01', toOn: '2026-12-04', note: null }

export const staffInputs: Readonly<Record<string, Entry>> = {
  'rooms.board': { input: () => ({ date: '2026-11-17' }) },
  'rooms.listEquipment': none,
  'rooms.saveEquipment': { input: (scene) => ({ id: scene.newId(), name: 'ECG 2', kind: 'ecg', isActive: true, sortOrder: 2 }) },
  'rooms.mark': { input: (scene) => ({ id: scene.newId(), roomId: scene.roomId, state: 'clean' }) },
  'rooms.takeOut': { input: (scene) => ({ id: scene.newId(), roomId: scene.roomId, equipmentId: null, startsAt: AT, endsAt: '2026-11-18T14:00:00.000Z', reason: 'Lamp broken' }) },
  'rooms.bringBack': {
    before: (scene) => {
      writer(scene).insert(equipment).values({ id: PIECE, name: 'ECG', kind: 'ecg', isActive: true, sortOrder: 1 }).run()
      writer(scene).insert(resourceOutages).values({ id: OUTAGE, equipmentId: PIECE, startsAt: AT, endsAt: '2026-12-18T14:00:00.000Z', reason: 'Calibration' }).run()
    },
    input: () => ({ id: OUTAGE, at: '2026-11-19T14:00:00.000Z' }),
  },
  'staff.roster': { input: () => week },
  'staff.saveShift': { input: (scene) => ({ id: scene.newId(), staffId: scene.world.clinic.people.nurse.staffId, date: '2026-11-30', ...times }) },
  'staff.removeShifts': { before: (scene) => addShift(scene, scene.world.clinic.people.nurse.staffId), input: () => ({ ids: [SHIFT] }) },
  'staff.fillWeek': { before: (scene) => addShift(scene, scene.world.clinic.people.nurse.staffId), input: () => ({ weekOf: '2026-12-07', from: { kind: 'week', ...week } }) },
  'staff.listTemplates': none,
  'staff.saveTemplate': { before: (scene) => addShift(scene, scene.world.clinic.people.nurse.staffId), input: (scene) => ({ id: scene.newId(), name: 'Winter', ...week }) },
  'staff.removeTemplate': { before: (scene) => void writer(scene).insert(rosterTemplates).values({ id: TEMPLATE, name: 'Winter', shifts: [] }).run(), input: () => ({ id: TEMPLATE }) },
  'staff.listLeave': { input: () => ({ from: '2026-11-17' }) },
  'staff.requestLeave': { input: (scene) => ({ id: scene.newId(), ...wish }) },
  'staff.withdrawLeave': { before: (scene, caller) => addLeave(scene, staffOf(scene, caller)), input: () => ({ id: LEAVE }) },
  'staff.decideLeave': { before: (scene) => addLeave(scene, scene.world.clinic.people.nurse.staffId), input: () => ({ id: LEAVE, isApproved: true }) },
  'staff.recordLeave': { input: (scene) => ({ id: scene.newId(), staffId: scene.world.clinic.people.nurse.staffId, ...wish, kind: 'sick' }) },
  'staff.listSwaps': none,
  'staff.askSwap': { before: (scene, caller) => addShift(scene, staffOf(scene, caller)), input: (scene, caller) => ({ id: scene.newId(), shiftId: SHIFT, toStaffId: other(scene, caller), note: null }) },
  'staff.answerSwap': { before: (scene, caller) => addSwap(scene, other(scene, caller), staffOf(scene, caller)), input: () => ({ id: SWAP, agrees: true }) },
  'staff.withdrawSwap': { before: (scene, caller) => addSwap(scene, staffOf(scene, caller), other(scene, caller)), input: () => ({ id: SWAP }) },
  'staff.decideSwap': { before: (scene) => addSwap(scene, scene.world.clinic.people.nurse.staffId, scene.world.clinic.people.pharmacist.staffId, 'agreed'), input: () => ({ id: SWAP, isApproved: true }) },
  'staff.saveCoverage': { input: (scene) => ({ id: scene.newId(), role: 'nurse', weekday: 1, startMin: 480, endMin: 1_020, peopleMin: 1 }) },
  'staff.removeCoverage': { before: (scene) => void writer(scene).insert(coverageRules).values({ id: RULE, role: 'nurse', weekday: 1, startMin: 480, endMin: 1_020, peopleMin: 1 }).run(), input: () => ({ id: RULE }) },
  'staff.hoursReport': { input: () => ({ from: '2026-11-01', to: '2026-11-30' }) },
}
