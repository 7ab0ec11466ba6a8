import { Role } from '#shared/access/roles.ts'
import { ofFile, type Entry } from './entry.ts'
import type { Caller } from './matrix.ts'
import { REQUEST, type Scene } from './scene.ts'

const none = { input: () => ({}) }
const why = { reason: 'emergency', explanation: 'Unconscious in the waiting room' } as const
const today = '2026-11-17'

const isApprover = (caller: Caller): caller is 'administrator' | 'billing' => caller === Role.administrator || caller === Role.billing
const ownRequest = ({ approvals }: Scene, caller: Caller) => ({ id: approvals.open[isApprover(caller) ? caller : 'billing'] })
const othersRequest = ({ approvals }: Scene, caller: Caller) => ({ id: approvals.open[caller === Role.billing ? 'administrator' : 'billing'] })
const notOwn = (code: string) => (caller: Caller) => (isApprover(caller) ? code : 'FORBIDDEN')
const notMine = (scene: Scene, caller: Caller): string[] => Object.entries(scene.approvals.open).filter(([role]) => role !== caller).map(([, id]) => id)

/** Who may see what: care teams, cover, restricted patients, broken glass; and the acts of two people. */
/** The row is looked at only once a second person has said yes. */
const twoPeople = { denials: { own: 'NEEDS_SECOND_PERSON', restricted: 'NEEDS_SECOND_PERSON' } }

export const accessInputs: Readonly<Record<string, Entry>> = {
  'access.careTeam': { input: ofFile(({ patientId }) => ({ patientId })), denials: { own: 'NOT_ON_CARE_TEAM' } },
  'access.addCareTeamMember': { input: ofFile(({ patientId }, { newId, world }) => ({ id: newId(), patientId, staffId: world.clinic.people.pharmacist.staffId, fromOn: today, reason: 'Wound care' })) },
  'access.endCareTeamMember': { input: ofFile(({ memberId }) => ({ id: memberId })) },
  'access.listCover': none,
  'access.addCover': {
    input: {
      own: ({ newId, world: { clinic } }) => ({ id: newId(), providerId: clinic.providers[0], byStaffId: clinic.people.nurse.staffId, fromOn: today, untilOn: today }),
      colleague: ({ newId, world: { clinic } }) => ({ id: newId(), providerId: clinic.providers[1], byStaffId: clinic.providers[0], fromOn: today, untilOn: today }),
    },
    denials: { colleague: 'NOT_YOUR_PATIENTS' },
  },
  'access.removeCover': { input: { own: ({ covers }) => ({ id: covers.own }), colleague: ({ covers }) => ({ id: covers.colleague }) }, denials: { colleague: 'NOT_YOUR_PATIENTS' } },
  'access.patientAccess': { input: ofFile(({ patientId }) => ({ patientId })) },
  'access.restrictPatient': { input: ofFile(({ patientId }, { newId, world }) => ({ id: newId(), patientId, reason: 'A neighbour', allowedUserIds: [world.clinic.people.nurse.userId] })), ...twoPeople },
  'access.unrestrictPatient': { input: ofFile(({ patientId }) => ({ patientId })), answers: { team: 'NOT_RESTRICTED', other: 'NOT_RESTRICTED' }, ...twoPeople },
  'access.linkOwnChart': {
    input: {
      ...ofFile(({ patientId }, { world }) => ({ userId: world.clinic.people.nurse.userId, patientId })),
      own: ({ world }, caller) => ({ userId: (world.clinic.people[caller as Role] ?? world.clinic.people.administrator).userId, patientId: null }), // Only roles ask about their own.
    },
  },
  'access.breakGlass': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patient: { id: patientId }, ...why })) },
  'access.listBreakGlass': { ...none, denials: { any: 'FORBIDDEN' } },
  'access.countBreakGlass': none,
  'access.reviewBreakGlass': {
    input: { own: ({ glass }) => ({ id: glass.administrator, outcome: 'justified' }), colleague: ({ glass }) => ({ id: glass.doctor, outcome: 'justified' }) },
    denials: { own: (caller) => (caller === Role.administrator ? 'OWN_BREAK_GLASS' : 'FORBIDDEN'), colleague: 'FORBIDDEN' },
  },
  'access.listPeople': none,
  'access.settings': none,
  'access.saveSettings': { input: () => ({ monthsBack: 12, monthsAhead: 3, flowDaysBack: 1, flowDaysAhead: 1 }) },

  'approvals.request': { input: ({ newId, files }) => ({ id: newId(), procedure: 'billing.voidInvoice', input: { id: files.other.billed.invoiceId, reason: 'duplicate' }, reason: REQUEST }) },
  'approvals.listOpen': { ...none, hidden: { any: (scene, caller) => (isApprover(caller) ? [] : notMine(scene, caller)) } },
  'approvals.listMine': { ...none, hidden: { any: notMine } },
  'approvals.approve': { input: { own: ownRequest, colleague: othersRequest }, denials: { own: notOwn('OWN_REQUEST'), colleague: 'FORBIDDEN' }, events: 2 },
  'approvals.approveHere': { input: (scene, caller) => ({ ...othersRequest(scene, caller), userName: 'administrator', password: 'not the password' }), isThrottled: true, answers: 'SIGN_IN_WAIT' },
  'approvals.decline': {
    input: { own: (scene, caller) => ({ ...ownRequest(scene, caller), reason: 'No' }), colleague: (scene, caller) => ({ ...othersRequest(scene, caller), reason: 'No' }) },
    denials: { own: notOwn('OWN_REQUEST'), colleague: 'FORBIDDEN' },
  },
  'approvals.withdraw': { input: { own: ownRequest, colleague: othersRequest }, denials: { own: 'NOT_YOUR_REQUEST', colleague: 'NOT_YOUR_REQUEST' } },
  'approvals.listAlone': none,
  'approvals.markReviewed': {
    input: { own: ({ approvals }) => ({ id: approvals.alone.administrator }), colleague: ({ approvals }) => ({ id: approvals.alone.billing }) },
    denials: { own: 'OWN_REQUEST' },
  },
}
