import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { approvals } from '#drizzle/schema/approvals.ts'
import { auditEvents } from '#drizzle/schema/audit.ts'
import { userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import type { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'
import { bill, pay, seePatient } from '#tests/support/visits.ts'
import { redeem } from '#tests/support/invite.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const newId = (world: World): string => world.core.platform.newId()
const here = { userName: 'administrator', password: ADMIN_PASSWORD }

/** A bill of $190 with $50 paid, and a clerk who may not void it alone. */
async function billedClinic() {
  const world = await makeWorld()
  const visit = await seePatient(world)
  const invoice = await bill(world, visit)
  const payment = await pay(world, visit.patientId, invoice.id, 5_000)
  const clerk = world.as('billing')
  const act = { procedure: 'billing.voidInvoice', input: { id: invoice.id, reason: 'wrong-charges' as const }, reason: 'Charged to the wrong visit' }
  return { world, invoice, payment, clerk, admin: world.as('administrator'), act, ask: async (client = clerk, more = {}) => (await client.approvals.request({ id: newId(world), ...act, ...more })).id }
}

const statusOf = async (client: CairnClient, id: string) => (await client.billing.invoice({ id })).invoice.status
const eventsOf = (world: World, action: string) => world.core.vault.reader.select().from(auditEvents).where(eq(auditEvents.action, action)).all()
const makeAdministrator = (world: World, role: Role): void => void world.core.vault.writer.insert(userRoles).values({ userId: world.clinic.people[role].userId, role: 'administrator' }).run()

describe('approvals.request, approvals.listOpen and approvals.approve', () => {
  it('a void alone is refused; asked for and approved it is done at once, in the name of whoever asked', async () => {
    const { world, invoice, clerk, admin, act, ask } = await billedClinic()
    expect(await refusalOf(clerk.billing.voidInvoice(act.input))).toEqual({ code: 'NEEDS_SECOND_PERSON', data: undefined })
    expect(await statusOf(clerk, invoice.id)).toBe('issued')
    const id = await ask()
    expect(await statusOf(clerk, invoice.id)).toBe('issued')
    expect(await clerk.approvals.listOpen({})).toMatchObject([{ id, isOwn: true, mayDecide: false, status: 'open', reason: act.reason }])
    expect(await admin.approvals.listOpen({})).toMatchObject([{ id, isOwn: false, mayDecide: true, procedure: act.procedure, input: act.input, requestedBy: { name: 'Priya Nair' } }])
    expect(await admin.approvals.approve({ id })).toMatchObject({ outcome: 'done', refusal: null, result: { status: 'void', number: invoice.number }, approval: { status: 'done', decidedBy: { name: 'Olive Brandt' } } })
    expect(await statusOf(clerk, invoice.id)).toBe('void')
    const { billing, administrator } = world.clinic.people
    expect(eventsOf(world, 'invoice.voided')).toMatchObject([{ actorId: billing.userId, outcome: 'done', entityId: invoice.id }])
    expect(eventsOf(world, 'approval.approved')).toMatchObject([{ actorId: administrator.userId, outcome: 'done', entityId: id }])
    expect(await clerk.approvals.listMine({})).toMatchObject([{ id, status: 'done' }])
    expect([await admin.approvals.listOpen({}), await clerk.approvals.listOpen({})]).toEqual([[], []])
  })

  it('nobody approves their own request, whatever window, session or role they come by', async () => {
    const { world, invoice, clerk, ask } = await billedClinic()
    const id = await ask()
    const { billing } = world.clinic.people
    expect(await refusalOf(clerk.approvals.approve({ id }))).toMatchObject({ code: 'OWN_REQUEST' })
    expect(await refusalOf(world.as('billing').approvals.approve({ id }))).toMatchObject({ code: 'OWN_REQUEST' })
    makeAdministrator(world, 'billing')
    expect(await refusalOf(world.as('billing').approvals.approve({ id }))).toMatchObject({ code: 'OWN_REQUEST' })
    expect(await refusalOf(world.as('billing').approvals.decline({ id, reason: 'No' }))).toMatchObject({ code: 'OWN_REQUEST' })
    // The second line, should the rule ever be lost.
    expect(() => world.core.vault.writer.update(approvals).set({ status: 'done', decidedBy: billing.userId, decidedAt: world.core.platform.now() }).where(eq(approvals.id, id)).run()).toThrow('OWN_REQUEST')
    expect(await statusOf(clerk, invoice.id)).toBe('issued')
  })

  it.each(['doctor', 'nurse', 'receptionist', 'pharmacist'] as const)('%s may neither ask for, see, approve nor decline it', async (role) => {
    const { world, act, ask } = await billedClinic()
    const id = await ask()
    const client = world.as(role)
    expect(await refusalOf(client.approvals.request({ id: newId(world), ...act }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await client.approvals.listOpen({})).toEqual([])
    expect(await refusalOf(client.approvals.approve({ id }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(client.approvals.decline({ id, reason: 'No' }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await refusalOf(client.approvals.listAlone({}))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('refuses at once what would be refused anyway, and what takes no second person', async () => {
    const { world, clerk, act, payment } = await billedClinic()
    const ask = (more: object) => refusalOf(clerk.approvals.request({ id: newId(world), ...act, ...more }))
    const refund = { id: newId(world), paymentId: payment.id, amountCents: 5_001, method: 'card', reason: 'Too much' }
    expect(await ask({ procedure: 'billing.refund', input: refund })).toEqual({ code: 'WOULD_BE_REFUSED', data: { code: 'ABOVE_PAID', data: { refundableCents: 5_000 } } })
    for (const procedure of ['billing.discount', 'billing.nothing', '__proto__.toString', 'approvals.approve']) expect(await ask({ procedure })).toMatchObject({ code: 'NOT_TWO_PERSON' })
    for (const input of [{}, null, 'x', { ...act.input, more: 1 }, { id: 'x', reason: 'other' }]) expect(await ask({ input })).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await ask({ reason: '   ' })).toMatchObject({ code: 'INVALID_INPUT' })
    expect(world.core.vault.reader.select().from(approvals).all()).toEqual([])
    expect((await clerk.billing.receipt({ paymentId: payment.id })).payment.refundableCents).toBe(5_000)
  })

  it('is one request when it is asked twice, and an id stands for one request', async () => {
    const { world, clerk, act } = await billedClinic()
    const id = newId(world)
    const first = await clerk.approvals.request({ id, ...act })
    expect(await clerk.approvals.request({ id, ...act })).toEqual(first)
    expect((await clerk.approvals.request({ id: newId(world), ...act, input: { reason: act.input.reason, id: act.input.id } })).id).toBe(id)
    expect(await refusalOf(clerk.approvals.request({ id, ...act, input: { ...act.input, reason: 'other' } }))).toMatchObject({ code: 'ID_USED' })
  })

  it('looks again when it is approved: what changed meanwhile refuses it, nothing is half done, and it stays open with the reason', async () => {
    const { world, clerk, admin, payment, ask } = await billedClinic()
    const refund = (amountCents: number) => ({ procedure: 'billing.refund', input: { id: newId(world), paymentId: payment.id, amountCents, method: 'card', reason: 'Too much' } })
    const [first, second] = [await ask(clerk, refund(4_000)), await ask(clerk, refund(3_000))]
    expect(await admin.approvals.approve({ id: first })).toMatchObject({ outcome: 'done' })
    expect(await admin.approvals.approve({ id: second })).toMatchObject({ outcome: 'refused', refusal: { code: 'ABOVE_PAID', data: { refundableCents: 1_000 } }, approval: { status: 'open', refusedCode: 'ABOVE_PAID', decidedBy: null } })
    expect((await clerk.billing.receipt({ paymentId: payment.id })).payment.refundableCents).toBe(1_000)
    expect(await clerk.approvals.withdraw({ id: second })).toMatchObject({ status: 'withdrawn' })
  })

  it('asks for the rights of both at that moment', async () => {
    const { world, clerk, admin, invoice, ask } = await billedClinic()
    const { billing } = world.clinic.people
    const id = await ask()
    world.core.vault.writer.delete(userRoles).where(eq(userRoles.userId, billing.userId)).run()
    world.core.vault.writer.insert(userRoles).values({ userId: billing.userId, role: 'receptionist' }).run()
    expect(await admin.approvals.approve({ id })).toMatchObject({ outcome: 'refused', refusal: { code: 'FORBIDDEN' } })
    world.core.vault.writer.update(userAccounts).set({ disabledAt: world.core.platform.now() }).where(eq(userAccounts.id, billing.userId)).run()
    expect(await admin.approvals.approve({ id })).toMatchObject({ outcome: 'refused', refusal: { code: 'FORBIDDEN' } })
    expect(await statusOf(clerk, invoice.id)).toBe('issued')
  })

  it('R31: an approver who has not proved themselves for five minutes is asked again', async () => {
    const { world, admin, ask } = await billedClinic()
    const id = await ask()
    world.clock.advanceMinutes(6)
    expect(await refusalOf(admin.approvals.approve({ id }))).toMatchObject({ code: 'REAUTH' })
    expect(await world.as('administrator').approvals.approve({ id })).toMatchObject({ outcome: 'done' })
  })

  it('is over after seven days, once declined, withdrawn or done', async () => {
    const { world, clerk, admin, act, ask } = await billedClinic()
    const [old] = [await ask()]
    world.clock.advanceMinutes(7 * 24 * 60)
    expect(await refusalOf(world.as('administrator').approvals.approve({ id: old }))).toMatchObject({ code: 'APPROVAL_EXPIRED' })
    expect(await clerk.approvals.listMine({})).toMatchObject([{ isExpired: true, status: 'open' }])
    const again = await ask(world.as('billing'))
    expect(again).not.toBe(old)
    expect(await refusalOf(world.as('receptionist').approvals.withdraw({ id: again }))).toMatchObject({ code: 'NOT_YOUR_REQUEST' })
    expect(await admin.approvals.decline({ id: again, reason: 'Use a discount' })).toMatchObject({ status: 'declined', declineReason: 'Use a discount' })
    const fresh = world.as('administrator')
    for (const call of [fresh.approvals.approve({ id: again }), fresh.approvals.decline({ id: again, reason: 'x' }), world.as('billing').approvals.withdraw({ id: again })]) {
      expect(await refusalOf(call)).toMatchObject({ code: 'APPROVAL_SETTLED' })
    }
    expect(await refusalOf(fresh.approvals.approve({ id: act.input.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(() => world.core.vault.writer.delete(approvals).run()).toThrow('APPROVALS_ARE_KEPT')
    expect(() => world.core.vault.writer.update(approvals).set({ input: '{}' }).run()).toThrow('APPROVALS_ARE_KEPT')
    expect(() => world.core.vault.writer.update(approvals).set({ status: 'open' }).where(eq(approvals.id, again)).run()).toThrow('APPROVAL_SETTLED')
  })
})

describe('approvals.approveHere', () => {
  it('takes the second person’s password at the first one’s window and leaves the window as it was', async () => {
    const { world, invoice, ask } = await billedClinic()
    const { client: nobody } = world.stranger()
    const clerk = world.as('billing')
    const id = await ask(clerk)
    expect(await refusalOf(nobody.approvals.approveHere({ id, ...here }))).toMatchObject({ code: 'SIGNED_OUT' })
    expect(await refusalOf(clerk.approvals.approveHere({ id, ...here, password: 'not this one at all' }))).toMatchObject({ code: 'SIGN_IN_REFUSED' })
    expect(await clerk.approvals.approveHere({ id, ...here })).toMatchObject({ outcome: 'done', result: { status: 'void' }, approval: { decidedBy: { name: 'Olive Brandt' }, isOwn: false } })
    expect(await statusOf(clerk, invoice.id)).toBe('void')
    expect(await refusalOf(clerk.clinic.listAccounts({}))).toMatchObject({ code: 'FORBIDDEN' })
    expect(eventsOf(world, 'approval.approved-here')).toMatchObject([{ actorId: world.clinic.people.administrator.userId, sessionId: null, entityId: id }])
  })

  it('is no way round: not for the one who asked, not for somebody without the right', async () => {
    const { world, admin, clerk, act } = await billedClinic()
    const id = (await admin.approvals.request({ id: newId(world), ...act })).id
    expect(await refusalOf(admin.approvals.approveHere({ id, ...here }))).toMatchObject({ code: 'OWN_REQUEST' })
    expect(await clerk.approvals.approve({ id })).toMatchObject({ outcome: 'done' })
    const invited = await admin.clinic.addPerson({ userId: newId(world), staffId: newId(world), givenName: 'Beth', familyName: 'Moreno', title: null, credentials: null, isProvider: false, roles: ['nurse'], userName: 'moreno' })
    await redeem(invited, world.stranger().client, 'a heron in the reeds')
    const visit = await bill(world, await seePatient(world, { startsAt: '2026-11-17T14:30:00.000Z' }))
    const open = (await clerk.approvals.request({ id: newId(world), ...act, input: { ...act.input, id: visit.id } })).id
    expect(await refusalOf(clerk.approvals.approveHere({ id: open, userName: 'moreno', password: 'a heron in the reeds' }))).toMatchObject({ code: 'NOT_AN_APPROVER' })
  })
})

describe('somebody who was let in anew by the one who asks', () => {
  it('is no second person of theirs for a week, and the act goes on the list of those done alone instead', async () => {
    const world = await makeWorld()
    const { administrator, doctor, nurse } = world.clinic.people
    world.core.vault.writer.insert(userRoles).values({ userId: doctor.userId, role: 'administrator' }).run()
    const admin = world.as('administrator')
    const act = { procedure: 'clinic.changeRoles', input: { userId: nurse.userId, roles: ['billing'] }, reason: 'New work' }
    const id = (await admin.approvals.request({ id: newId(world), ...act })).id
    const invited = await admin.clinic.resetAccess({ userId: doctor.userId })
    const { client } = world.stranger()
    await redeem(invited, client, 'a heron in the reeds')
    expect(await refusalOf(client.approvals.approve({ id }))).toMatchObject({ code: 'NOT_INDEPENDENT' })
    expect(await refusalOf(admin.approvals.approveHere({ id, userName: doctor.userName, password: 'a heron in the reeds' }))).toMatchObject({ code: 'NOT_INDEPENDENT' })
    await admin.clinic.changeRoles({ userId: nurse.userId, roles: ['billing'] })
    expect(await client.approvals.listAlone({})).toMatchObject([{ requestedBy: { userId: administrator.userId } }])
    world.clock.advanceMinutes(7 * 24 * 60 + 1)
    const again = (await world.as('administrator').approvals.request({ id: newId(world), ...act, input: { ...act.input, roles: ['nurse'] } })).id
    expect(await world.as('doctor').approvals.approve({ id: again })).toMatchObject({ outcome: 'done' })
  })
})

describe('a clinic in which nobody else could approve: approvals.listAlone and approvals.markReviewed', () => {
  it('lets the act through alone with a fresh proof, and keeps it on the list until somebody has looked', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    const nurse = world.clinic.people.nurse.userId
    const change = { userId: nurse, roles: ['nurse' as const, 'receptionist' as const] }
    expect(await refusalOf(admin.approvals.request({ id: newId(world), procedure: 'clinic.changeRoles', input: change, reason: 'Helps out' }))).toMatchObject({ code: 'NOBODY_ELSE' })
    world.clock.advanceMinutes(6)
    expect(await refusalOf(admin.clinic.changeRoles(change))).toMatchObject({ code: 'REAUTH' })
    expect(await world.as('administrator').clinic.changeRoles(change)).toMatchObject({ roles: ['nurse', 'receptionist'] })
    const [alone] = await admin.approvals.listAlone({})
    expect(alone).toMatchObject({ status: 'alone', procedure: 'clinic.changeRoles', input: change, requestedBy: { name: 'Olive Brandt' } })
    if (!alone) throw new Error('just done')
    makeAdministrator(world, 'doctor')
    expect(await refusalOf(admin.approvals.markReviewed({ id: alone.id }))).toMatchObject({ code: 'OWN_REQUEST' })
    await world.as('doctor').approvals.markReviewed({ id: alone.id })
    expect(await admin.approvals.listAlone({})).toEqual([])
    expect(await refusalOf(world.as('doctor').approvals.markReviewed({ id: alone.id }))).toMatchObject({ code: 'APPROVAL_SETTLED' })
    expect(await refusalOf(world.as('administrator').clinic.changeRoles({ ...change, roles: ['nurse'] }))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
  })

  it('writes nothing about an act that was refused', async () => {
    const world = await makeWorld()
    const admin = world.as('administrator')
    expect(await refusalOf(admin.clinic.changeRoles({ userId: world.clinic.people.administrator.userId, roles: ['nurse'] }))).toMatchObject({ code: 'OWN_ACCOUNT' })
    expect(await admin.approvals.listAlone({})).toEqual([])
  })
})
