import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadPayment, withAhead, postShare, type OpenBill } from '#shared/domains/billing/rules.spread.ts'
import type { ContactFacts } from '#shared/domains/patients/model.contact.ts'
import { relationKinds } from '#shared/domains/patients/model.family.ts'
import { mayContact, type ContactReason, type ContactWay } from '#shared/domains/patients/rules.contact.ts'
import { lacksGuarantor, seenFromOther, whyNotGuarantor } from '#shared/domains/patients/rules.family.ts'
import { isUsualLanguage, languageCode, languageName } from '#shared/domains/patients/rules.languages.ts'
import { sumCents } from '#shared/kernel/money.ts'
import { contactNotes, languageNote } from '#renderer/ui/contact-words.ts'

const TODAY = '2026-11-17'
const free: ContactFacts = {
  id: 'p', language: null, interpreter: null, preferredChannel: null, bestTimes: null, messages: null, workCalls: null, contactBan: null, isConfidential: false, deceasedOn: null, inactiveReason: null,
}

describe('whether somebody may be reached', () => {
  it.each<[string, Partial<ContactFacts>, ContactWay, 'recall' | 'visit', boolean, ContactReason[]]>([
    ['nothing said', {}, 'call', 'visit', true, []],
    ['has died', { deceasedOn: TODAY, contactBan: 'asked' }, 'letter', 'visit', false, ['deceased']],
    ['wants no contact', { contactBan: 'asked' }, 'call', 'visit', false, ['banned']],
    ['is inactive, about coming again', { inactiveReason: 'moved' }, 'call', 'recall', false, ['inactive']],
    ['is inactive, about a result', { inactiveReason: 'moved' }, 'call', 'visit', true, []],
    ['wants no messages, a message', { messages: 'never' }, 'message', 'visit', false, ['no-message']],
    ['wants no messages, a call', { messages: 'never' }, 'call', 'visit', true, ['no-message']],
    ['prefers a text, a call', { preferredChannel: 'text' }, 'call', 'visit', true, ['prefers-other']],
    ['prefers a text, a text', { preferredChannel: 'text', workCalls: 'never' }, 'text', 'visit', true, []],
    ['not at work, confidential', { workCalls: 'never', isConfidential: true }, 'call', 'visit', true, ['confidential', 'not-at-work']],
  ])('%s', (_what, rules, way, about, may, because) => {
    expect(mayContact({ ...free, ...rules }, way, about)).toEqual({ may, because })
  })

  it('never lets anybody reach the dead, whatever else is said', () => {
    const rules = fc.record({ contactBan: fc.constantFrom(null, 'asked' as const), messages: fc.constantFrom(null, 'never' as const), preferredChannel: fc.constantFrom(null, 'call' as const, 'text' as const), inactiveReason: fc.constantFrom(null, 'left' as const) })
    fc.assert(fc.property(rules, fc.constantFrom<ContactWay>('call', 'text', 'email', 'letter', 'message'), (given, way) => {
      expect(mayContact({ ...free, ...given, deceasedOn: TODAY }, way).may).toBe(false)
    }))
  })

  it('says it in few words, what forbids it alone', () => {
    expect(contactNotes({ ...free, language: 'es', interpreter: 'needed', preferredChannel: 'text', messages: 'never', bestTimes: 'after 4' }, 'call').map((one) => one.text)).toEqual(['Spanish, interpreter', 'Prefers text message', 'Leave no message', 'after 4'])
    expect(contactNotes({ ...free, language: 'es', contactBan: 'asked' }, 'call')).toEqual([{ text: 'Does not want to be contacted', tone: 'bad' }])
    expect(languageNote({ language: 'en-US', interpreter: null })).toBeUndefined()
  })
})

describe('languages', () => {
  it('are known by code, by code of a country, and by the name of an old form', () => {
    expect([languageName('es'), languageName('es-MX'), languageName('ase'), languageName('tlh'), languageCode('Haitian Creole'), languageCode('tlh')]).toEqual(['Spanish', 'Spanish', 'American Sign Language', 'tlh', 'ht', 'tlh'])
    expect([null, 'en', 'en-GB', 'English', 'es'].map(isUsualLanguage)).toEqual([true, true, true, true, false])
  })
})

describe('families', () => {
  it('see a link the other way round from the other side, and the same way from back again', () => {
    expect(relationKinds.map(seenFromOther)).toEqual(['child', 'spouse', 'parent', 'sibling', 'ward', 'guardian', 'other'])
    for (const kind of relationKinds) expect(seenFromOther(seenFromOther(kind))).toBe(kind)
  })

  it('miss a guarantor only where the patient is a minor, until the day of the 18th birthday', () => {
    expect(['2008-11-18', '2008-11-17', '1958-03-12'].map((born) => lacksGuarantor({ guarantor: null }, born, TODAY))).toEqual([true, false, false])
  })

  it('have no minor, nobody who has died and nobody who is paid for answer for the bills', () => {
    const adult = { isPersonNamed: false, birthDate: '1958-03-12', deceasedOn: null, isPaidFor: false }
    expect([adult, { ...adult, isPersonNamed: true }, { ...adult, birthDate: '2015-01-01' }, { ...adult, deceasedOn: TODAY }, { ...adult, isPaidFor: true }].map((facts) => whyNotGuarantor(facts, TODAY))).toEqual([null, 'two-named', 'minor', 'deceased', 'paid-for'])
  })
})

describe('one payment for a family', () => {
  const bill = (invoiceId: string, patientId: string, issuedAt: string, dueCents: number): OpenBill => ({ invoiceId, patientId, number: invoiceId, issuedAt, dueCents })
  const open = [bill('b2', 'child', '2026-03-02', 4_000), bill('b1', 'mother', '2026-01-10', 2_500), bill('b3', 'mother', '2026-05-01', 1_000)]

  it('pays the longest open invoice first, whoever’s it is', () => {
    expect(spreadPayment(5_000, open)).toEqual({
      restCents: 0, shares: [{ patientId: 'mother', sumCents: 2_500, bills: [{ invoiceId: 'b1', amountCents: 2_500 }] }, { patientId: 'child', sumCents: 2_500, bills: [{ invoiceId: 'b2', amountCents: 2_500 }] }],
    })
    expect(spreadPayment(9_000, open)).toMatchObject({ restCents: 1_500 })
    expect(spreadPayment(100, [])).toEqual({ shares: [], restCents: 100 })
  })

  const bills = fc.array(fc.record({ invoiceId: fc.uuid(), patientId: fc.constantFrom('a', 'b', 'c'), number: fc.string(), issuedAt: fc.constantFrom('2026-01', '2026-02', '2026-03'), dueCents: fc.integer({ min: -500, max: 90_000 }) }), { maxLength: 12 })
  it('keeps the sum to the cent, pays no invoice above what is due, and keeps a rest only when all are paid', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500_000 }), bills, (amount, all) => {
      const { shares, restCents } = spreadPayment(amount, all)
      expect(sumCents(shares.map((share) => share.sumCents)) + restCents).toBe(amount)
      for (const share of shares) expect(sumCents(share.bills.map((one) => one.amountCents))).toBe(share.sumCents)
      for (const { invoiceId, amountCents } of shares.flatMap((share) => share.bills)) expect(amountCents).toBeLessThanOrEqual(all.find((one) => one.invoiceId === invoiceId)?.dueCents ?? 0)
      if (restCents > 0) expect(amount - restCents).toBe(sumCents(all.map((one) => Math.max(0, one.dueCents))))
    }))
  })

  it('posts each part so that lines and allocations say the same, and a kept rest is credit', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500_000 }), bills, (amount, all) => {
      const { shares, restCents } = spreadPayment(amount, all)
      const posted = (restCents > 0 ? withAhead(shares, 'a', restCents) : shares).map((share) => postShare('p', share))
      expect(0 - sumCents(posted.flatMap((one) => one.entries.map((entry) => entry.amountCents)))).toBe(amount)
      expect(0 - sumCents(posted.flatMap((one) => one.entries.filter((entry) => entry.invoiceId === null).map((entry) => entry.amountCents)))).toBe(restCents)
      expect(posted.flatMap((one) => one.allocations.map((part) => [part.invoiceId, part.amountCents]))).toEqual(posted.flatMap((one) => one.entries.filter((entry) => entry.invoiceId !== null).map((entry) => [entry.invoiceId, entry.amountCents])))
    }))
  })
})
