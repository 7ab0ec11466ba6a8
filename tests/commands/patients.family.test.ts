import { describe, expect, it } from 'vitest'
import { familyQueries, familySql } from '#main/domains/patients/repository.family.ts'
import { ledgerQueries } from '#main/domains/billing/repository.ledger.ts'
import { balanceCents } from '#tests/support/balances.ts'
import { planOf } from '#tests/support/plan.ts'
import { withSecondPerson } from '#tests/support/two-people.ts'
import { bill, seePatient } from '#tests/support/visits.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const person = { name: 'Ana Lopez', phone: null, addressLine1: '9 Elm', addressLine2: null, city: 'Salem', state: 'MA', postalCode: '01970' }
const named = (family: { members: { patient: { givenName: string }; kind: string | null; isSharingGuarantor: boolean; isGuarantor: boolean }[] }) =>
  family.members.map(({ patient, kind, isSharingGuarantor, isGuarantor }) => [patient.givenName, kind, isSharingGuarantor, isGuarantor])

/** A mother, a daughter of nine and a son of four, all strangers to each other so far. */
async function lopezes() {
  const world = await makeWorld()
  const add = (givenName: string, birthDate: string, more = {}) => world.clinic.addPatient(world.core, { givenName, birthDate, ...more })
  const [mother, ana, ben] = [add('Maria', '1985-03-12', { addressLine1: '1 Quay', city: 'Salem' }), add('Ana', '2017-05-01'), add('Ben', '2022-06-01')]
  const newId = world.core.platform.newId
  return { world, mother, ana, ben, newId, desk: world.as('receptionist') }
}

async function restrict(world: World, patientId: string) {
  await withSecondPerson(world, world.as('doctor'), 'access.restrictPatient', { id: world.core.platform.newId(), patientId, reason: 'VIP', allowedUserIds: [world.clinic.people.doctor.userId] })
}

describe('relatives', () => {
  it('are seen from both sides, are linked once, and are taken apart from either', async () => {
    const { world, mother, ana, newId, desk } = await lopezes()
    const input = { id: newId(), patientId: ana, relativeId: mother, kind: 'parent' as const }
    expect(named(await desk.patients.linkRelative(input))).toEqual([['Maria', 'parent', false, false]])
    await desk.patients.linkRelative(input)
    expect(named(await desk.patients.family({ patientId: mother }))).toEqual([['Ana', 'child', false, false]])
    // Said again from the other side: the link is what was said last.
    const again = newId()
    await desk.patients.linkRelative({ id: again, patientId: mother, relativeId: ana, kind: 'ward' })
    expect(named(await desk.patients.family({ patientId: ana }))).toEqual([['Maria', 'guardian', false, false]])
    expect(await refusalOf(desk.patients.linkRelative({ id: newId(), patientId: ana, relativeId: ana, kind: 'other' }))).toMatchObject({ code: 'SAME_PATIENT' })
    await seePatient(world, { patientId: mother, startsAt: '2026-11-18T14:00:00.000Z', sign: false })
    expect(await refusalOf(desk.patients.unlinkRelative({ id: input.id, patientId: ana }))).toMatchObject({ code: 'NOT_FOUND' })
    expect((await desk.patients.unlinkRelative({ id: again, patientId: ana })).members).toEqual([])
    expect((await desk.patients.history({ id: ana })).filter((one) => one.field === 'relative').map((one) => one.toValue)).toEqual(expect.arrayContaining(['parent', 'guardian', null]))
  })

  it('show the next visit that stands', async () => {
    const { world, mother, ana, newId, desk } = await lopezes()
    await desk.patients.linkRelative({ id: newId(), patientId: ana, relativeId: mother, kind: 'parent' })
    await desk.scheduling.book({ id: newId(), patientId: mother, providerId: world.clinic.providers[0], roomId: null, typeId: null, startsAt: '2026-11-19T14:00:00.000Z', durationMin: 15, reason: null })
    expect((await desk.patients.family({ patientId: ana })).members[0]?.nextVisitAt).toBe('2026-11-19T14:00:00.000Z')
  })
})

describe('whoever answers for the bills', () => {
  it('is a patient or a person, for several at once, and the later word stands', async () => {
    const { mother, ana, ben, newId, desk } = await lopezes()
    const first = await desk.patients.setGuarantor({ id: newId(), patientId: ana, alsoPatientIds: [ben], guarantorPatientId: mother })
    expect(first.guarantor).toMatchObject({ patient: { id: mother }, person: null })
    expect(named(first)).toEqual([['Maria', null, true, true], ['Ben', null, true, false]])
    expect(named(await desk.patients.family({ patientId: mother }))).toEqual([['Ana', null, true, false], ['Ben', null, true, false]])
    const moved = await desk.patients.setGuarantor({ id: newId(), patientId: mother, alsoPatientIds: [ana, ben], person })
    expect(moved.guarantor).toMatchObject({ patient: null, person: { name: 'Ana Lopez' } })
    expect(named(moved)).toEqual([['Ana', null, true, false], ['Ben', null, true, false]])
    const own = await desk.patients.setGuarantor({ id: newId(), patientId: mother })
    expect(own).toMatchObject({ guarantor: null, members: [] })
  })

  it('is of age, lives, and is not paid for by somebody else; a refusal changes nothing', async () => {
    const { mother, ana, ben, newId, desk } = await lopezes()
    const why = async (more: object) => (await refusalOf(desk.patients.setGuarantor({ id: newId(), patientId: ben, ...more }))).data
    expect(await why({ guarantorPatientId: ana })).toEqual({ why: 'minor' })
    expect(await why({ guarantorPatientId: mother, person })).toEqual({ why: 'two-named' })
    await desk.patients.setGuarantor({ id: newId(), patientId: mother, person })
    expect(await why({ guarantorPatientId: mother })).toEqual({ why: 'paid-for' })
    expect((await desk.patients.family({ patientId: ben })).guarantor).toBeNull()
  })

  it('is not named, and nobody is, to those who may not know them', async () => {
    const { world, mother, ana, ben, newId, desk } = await lopezes()
    await desk.patients.setGuarantor({ id: newId(), patientId: ana, alsoPatientIds: [ben], guarantorPatientId: mother })
    const link = newId()
    await desk.patients.linkRelative({ id: link, patientId: ana, relativeId: mother, kind: 'parent' })
    await restrict(world, mother)
    expect(await desk.patients.family({ patientId: ana })).toEqual({ guarantor: null, isUnclear: false, members: [] })
    expect((await desk.billing.familyAccount({ patientId: ana })).members.map((one) => one.patient.id)).toEqual([ana])
    expect(JSON.stringify(await desk.billing.account({ patientId: ana }))).not.toContain('Maria')
    expect(await refusalOf(desk.patients.unlinkRelative({ id: link, patientId: ana }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusalOf(desk.patients.setGuarantor({ id: newId(), patientId: ben, guarantorPatientId: mother }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusalOf(desk.patients.linkRelative({ id: newId(), patientId: ben, relativeId: mother, kind: 'parent' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await desk.patients.contactFacts({ ids: [mother, ana] })).toHaveLength(1)
    expect(named(await world.as('doctor').patients.family({ patientId: ana })).map(([name]) => name)).toEqual(['Maria', 'Ben'])
  })

  it('goes with a chart that is merged, and comes back with it', async () => {
    const { world, mother, ana, ben, newId, desk } = await lopezes()
    const twin = world.clinic.addPatient(world.core, { givenName: 'Marie', birthDate: '1985-03-12' })
    await desk.patients.linkRelative({ id: newId(), patientId: ana, relativeId: twin, kind: 'parent' })
    await desk.patients.setGuarantor({ id: newId(), patientId: ana, guarantorPatientId: twin })
    await desk.patients.setGuarantor({ id: newId(), patientId: ben, guarantorPatientId: mother })
    const merge = newId()
    await desk.patients.merge({ id: merge, survivorId: mother, absorbedId: twin })
    expect(named(await desk.patients.family({ patientId: mother }))).toEqual([['Ana', 'child', true, false], ['Ben', null, true, false]])
    expect(named(await desk.patients.family({ patientId: ana }))).toEqual([['Maria', 'parent', true, true], ['Ben', null, true, false]])
    await desk.patients.unmerge({ id: merge })
    expect(named(await desk.patients.family({ patientId: ana }))).toEqual([['Marie', 'parent', true, true]])
    expect(named(await desk.patients.family({ patientId: mother }))).toEqual([['Ben', null, true, false]])
  })

  it('asks which one it is where two charts with two of them became one', async () => {
    const { world, ana, newId, desk } = await lopezes()
    const twin = world.clinic.addPatient(world.core, { givenName: 'Anna', birthDate: '2017-05-01' })
    await desk.patients.setGuarantor({ id: newId(), patientId: ana, person })
    await desk.patients.setGuarantor({ id: newId(), patientId: twin, person: { ...person, name: 'Luis Lopez' } })
    await desk.patients.merge({ id: newId(), survivorId: ana, absorbedId: twin })
    expect((await desk.patients.family({ patientId: ana })).isUnclear).toBe(true)
    expect(await desk.patients.setGuarantor({ id: newId(), patientId: ana, person })).toMatchObject({ isUnclear: false, guarantor: { person: { name: 'Ana Lopez' } } })
  })
})

describe('a family’s account', () => {
  /** Maria pays for herself and Ana; Ana's bill is the older one. */
  async function owing() {
    const family = await lopezes()
    const { world, mother, ana, newId, desk } = family
    await desk.patients.setGuarantor({ id: newId(), patientId: ana, guarantorPatientId: mother })
    const old = await bill(world, await seePatient(world, { patientId: ana, startsAt: '2026-11-17T14:00:00.000Z' }))
    world.clock.advanceMinutes(1)
    const young = await bill(world, await seePatient(world, { patientId: mother, startsAt: '2026-11-17T14:30:00.000Z' }))
    const { dueCents } = await desk.billing.familyAccount({ patientId: ana })
    return { ...family, old, young, dueCents, billing: desk.billing }
  }

  it('is each one’s balance and their sum, the same from whoever it is opened', async () => {
    const { world, mother, ana, dueCents, billing } = await owing()
    const seen = await billing.familyAccount({ patientId: ana })
    expect(seen.members.map((one) => [one.patient.id, one.balanceCents, one.isResponsible])).toEqual([[ana, balanceCents(world, ana), false], [mother, balanceCents(world, mother), true]])
    expect(seen).toMatchObject({ responsible: { name: 'Maria Lopez', isPatient: false }, addressLines: ['1 Quay', 'Salem'], balanceCents: balanceCents(world, ana) + balanceCents(world, mother) })
    expect((await billing.familyAccount({ patientId: mother })).dueCents).toBe(dueCents)
  })

  it('takes one payment onto the oldest invoice first, a receipt for each, and once', async () => {
    const { world, mother, ana, old, young, newId, dueCents, billing } = await owing()
    const half = dueCents / 2 + 100
    const input = { id: newId(), patientId: mother, amountCents: half, method: 'cash' as const }
    const taken = await billing.takeFamilyPayment(input)
    expect(taken.payments.map((one) => one.patientId)).toEqual([ana, mother])
    expect(new Set(taken.payments.map((one) => one.receiptNumber)).size).toBe(2)
    expect((await billing.invoice({ id: old.id })).totals.dueCents).toBe(0)
    expect((await billing.invoice({ id: young.id })).totals.dueCents).toBe(dueCents - half)
    expect(await billing.takeFamilyPayment(input)).toMatchObject({ payments: taken.payments })
    expect(balanceCents(world, ana) + balanceCents(world, mother)).toBe(dueCents - half)
    expect((await refusalOf(billing.takeFamilyPayment({ ...input, amountCents: half - 1 }))).code).toBe('ID_USED')
    expect((await billing.receipt({ paymentId: taken.payments[0]?.id ?? '' })).applied).toMatchObject([{ invoiceId: old.id }])
  })

  it('never takes more than is owed without being told for whom the rest is kept', async () => {
    const { world, ana, ben, newId, dueCents, billing } = await owing()
    const input = { id: newId(), patientId: ana, amountCents: dueCents + 500, method: 'card' as const }
    expect(await refusalOf(billing.takeFamilyPayment(input))).toEqual({ code: 'ABOVE_DUE', data: { dueCents } })
    expect(await refusalOf(billing.takeFamilyPayment({ ...input, aheadForId: ben }))).toMatchObject({ code: 'WRONG_PATIENT' })
    expect(balanceCents(world, ana)).toBeGreaterThan(0)
    expect(await billing.takeFamilyPayment({ ...input, aheadForId: ana })).toMatchObject({ aheadCents: 500 })
    expect(balanceCents(world, ana)).toBe(-500)
  })

  it('sends bills to whoever answers for them, and where the patient wants it confidential there alone', async () => {
    const { ana, old, newId, desk, billing } = await owing()
    await desk.patients.setGuarantor({ id: newId(), patientId: ana, person })
    expect((await billing.invoice({ id: old.id })).patient).toMatchObject({ responsible: { name: 'Ana Lopez', isPatient: false }, addressLines: ['9 Elm', 'Salem, MA 01970'] })
    await desk.patients.update({ id: ana, was: { confidentialAddress: null }, changes: { confidentialAddress: 'Box 7, Salem' } })
    expect((await billing.invoice({ id: old.id })).patient.addressLines).toEqual(['Box 7, Salem'])
  })

  it('reads by index', async () => {
    const { db, plans } = await makeWorld().then(({ core: { vault } }) => ({ db: vault.reader, plans: (sql: string) => (vault.reader.$client.prepare(`explain query plan ${sql.replaceAll(/:\w+/g, "''").replaceAll('?', "''")}`).all() as { detail: string }[]).map((one) => one.detail).join('\n') }))
    for (const sql of Object.values(familySql)) expect(plans(sql)).not.toMatch(/SCAN (?!.*(USING|SUBQUERY|CONSTANT))/)
    const { guarantor, nextVisit } = familyQueries(db)
    expect(planOf(db, guarantor)).toContain('patient_guarantors_by_patient')
    expect(planOf(db, nextVisit)).toContain('appointments_by_patient')
    expect(planOf(db, ledgerQueries(db).ofFamily)).toContain('payments_by_family')
  })
})
