import fs from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { roles } from '#shared/access/roles.ts'
import { isActiveAdministrator, losesLastAdministrator, needsTwoToInvite, type Standing } from '#shared/domains/clinic/rules.people.ts'
import { isGenericUserName } from '#shared/domains/clinic/rules.user-name.ts'
import { demoStaff } from '#drizzle/seed/demo.ts'
import { inRoot } from '#tools/lib/paths.ts'

describe('R01: user names', () => {
  test.each(['admin', 'administrator', 'frontdesk', 'front-desk', 'front.desk2', 'frontdesk-a', 'nurse', 'nurse1', 'nurse.a', 'doctor', 'dr', 'reception', 'receptionist', 'room3', 'lab', 'user', 'guest', 'test', 'staff', 'billing-office', 'checkin', 'tempnurse', 'desk.1'])('%s stands for nobody', (name) => {
    expect(isGenericUserName(name)).toBe(true)
  })

  test.each(['voss', 'haddad', 'delgado', 'o.brandt', 'nurse.moreno', 'admin-rosa', 'lee', 'deskin', 'roomer', 'tester.jones', 'ng', 'officer', 'maria', 'labonte', 'mdiaye'])('%s is a person', (name) => {
    expect(isGenericUserName(name)).toBe(false)
  })

  it('the demo clinic has no shared login, each id and each name once', () => {
    const { people, more } = demoStaff({ patients: 300, seed: 11, now: '2026-11-17T15:00:00.000Z', zone: 'UTC', invoicePrefix: 'A' })
    const all = [...people, ...more]
    expect(all.map((one) => one.userName).filter(isGenericUserName)).toEqual([])
    for (const key of ['userId', 'userName'] as const) expect(new Set(all.map((one) => one[key])).size).toBe(all.length)
    const seed = fs.readdirSync(inRoot('drizzle/seed')).map((file) => fs.readFileSync(inRoot('drizzle/seed', file), 'utf8')).join('\n')
    expect([...seed.matchAll(/userName: '([^']+)'/g)].map((match) => match[1] ?? '').filter(isGenericUserName)).toEqual([])
  })
})

const person = fc.record({ userId: fc.uuid(), roles: fc.subarray([...roles], { minLength: 1 }), disabledAt: fc.constantFrom(null, '2026-11-17T15:00:00.000Z') })

describe('the last administrator', () => {
  it('is lost exactly when nobody is left who could let others in', () => {
    fc.assert(fc.property(fc.array(person, { minLength: 1, maxLength: 6 }), fc.nat(), fc.subarray([...roles], { minLength: 1 }), fc.boolean(), (accounts, at, wanted, isOff) => {
      const one = accounts[at % accounts.length] as Standing
      const changed: Standing = { ...one, roles: wanted, disabledAt: isOff ? '2026-11-17T15:00:00.000Z' : null }
      const after = accounts.map((other) => (other.userId === changed.userId ? changed : other))
      expect(losesLastAdministrator(accounts, changed)).toBe(accounts.some(isActiveAdministrator) && !after.some(isActiveAdministrator))
    }))
  })

  it('makes the second one alone, and a third one only with two people', () => {
    const only: Standing = { userId: 'a', roles: ['administrator'], disabledAt: null }
    expect([needsTwoToInvite([only], 'a', ['administrator']), needsTwoToInvite([only], 'a', ['nurse'])]).toEqual([false, false])
    expect(needsTwoToInvite([only, { ...only, userId: 'b' }], 'a', ['nurse', 'administrator'])).toBe(true)
    expect(needsTwoToInvite([only, { ...only, userId: 'b', disabledAt: '2026-11-17T15:00:00.000Z' }], 'a', ['administrator'])).toBe(false)
  })
})
