import { expect, it } from 'vitest'
import { listQueries } from '#main/domains/billing/repository.lists.ts'
import { ledgerQueries } from '#main/domains/billing/repository.ledger.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld } from '#tests/support/world.ts'

// The goal: no list of billing reads a table from end to end, however many years of bills it holds. What waits is read
// whole: the tables and partial indexes of waiting things hold nothing else.
const lists = ['waiting', 'uncharged', 'visitsByIds', 'visit', 'openBills', 'issuedSince', 'openOfPatient', 'billsOfPatient', 'billsOfEncounter', 'openCount', 'openDue', 'unbilledOfPatient', 'seenBetween'] as const
const ledgers = ['ofInvoice', 'statement', 'sumBefore', 'onNoInvoice', 'paymentsOfPatient', 'paymentsOfInvoice', 'standing', 'creditSources', 'paidOn', 'paymentsBetween', 'byKind'] as const

it.each<[string, RegExp]>([
  ['waiting', /charges USING (COVERING )?INDEX charges_unbilled/],
  ['openBills', /invoices USING INDEX invoices_open/],
  ['issuedSince', /invoices USING INDEX invoices_by_issued/],
  ['openCount', /invoices USING INDEX invoices_open/],
  ['openDue', /ledger_entries USING COVERING INDEX ledger_entries_by_invoice/],
  ['seenBetween', /appointments USING INDEX appointments_by_start/],
])('%s goes through its index', async (name, index) => {
  const world = await makeWorld()
  const query = listQueries(world.core.vault.reader)[name as (typeof lists)[number]] // One of the names above.
  expect(planOf(world.core.vault.reader, query)).toMatch(index)
})

it('no query scans a table', async () => {
  const world = await makeWorld()
  const reader = world.core.vault.reader
  const scans = [...lists.map((name) => [name, planOf(reader, listQueries(reader)[name])] as const), ...ledgers.map((name) => [name, planOf(reader, ledgerQueries(reader)[name])] as const)]
    .flatMap(([name, plan]) => plan.split('\n').filter((step) => step.startsWith('SCAN') && !/INDEX (charges_unbilled|invoices_open)|json_each|uncharged_visits/.test(step)).map((step) => `${name}: ${step}`))
  expect(scans).toEqual([])
})

it('pages of bills come out of the index in order, without sorting', async () => {
  const world = await makeWorld()
  const reader = world.core.vault.reader
  for (const plan of [planOf(reader, listQueries(reader).openBills), planOf(reader, ledgerQueries(reader).statement)]) expect(plan).not.toContain('TEMP B-TREE')
})
