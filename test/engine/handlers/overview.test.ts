import { afterEach, expect, it } from 'vitest'
import type { Finding } from '../../../src-main/domain/incident.ts'
import { hours, minutes } from '../../../src-main/domain/time.ts'
import { aFinding, aPair } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function aScreen(): Promise<Caller & { readonly open: (id: string, finding: Partial<Finding>, more?: { dueAt?: number; market?: string }) => void }> {
  const opened = await aCaller({ at: monday, connections: bothSides, pairs: [aPair()] })
  caller = opened
  const { store } = opened.engine
  return {
    ...opened,
    open(id, given, { dueAt = monday, market } = {}) {
      const finding = aFinding({ subject: { kind: 'order', connection: 'shop', key: id }, ...given })
      store.transaction((tx) => store.incidents.apply(tx, 'pair', finding, { id, market: market ?? null, dueAt, parent: null, at: monday }))
    },
  }
}

it('says that nothing was read yet, rather than that nothing is wrong', async () => {
  const { client } = await aScreen()
  expect(await client.overview.get({ pair: null })).toMatchObject({
    judgedAt: null,
    hasConnections: true,
    hasPairs: true,
    unmatched: { count: 0, oldestDueAt: null, asOf: { at: null } },
  })
})

it('is as old as the side that was read longest ago', async () => {
  const { client, engine } = await aScreen()
  cover(engine.store, 'shop', ['orders', 'stock'], monday)
  cover(engine.store, 'erp', ['orders', 'stock'], monday - minutes(7))
  const { judgedAt, unmatched, stock } = await client.overview.get({ pair: null })
  expect([judgedAt, unmatched.asOf.at, stock.asOf.at]).toEqual([monday - minutes(7), monday - minutes(7), monday - minutes(7)])
})

it('tells how long news took, of a pair that there is', async () => {
  const { client } = await aScreen()
  const silent = { count: 0, p50Ms: null, p95Ms: null, open: 0, oldestOpenMs: null }
  expect(await client.overview.latency({ pair: 'pair' })).toMatchObject({ to: null, shipped: silent, refunded: silent })
  await expect(client.overview.latency({ pair: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('sums unmatched orders per currency, never over currencies, and shows the oldest first', async () => {
  const { client, open } = await aScreen()
  open('1003', { amount: { minor: 1000, currency: 'EUR' } }, { dueAt: monday - hours(1) })
  open('1001', { amount: { minor: 2400, currency: 'EUR' } }, { dueAt: monday - hours(3) })
  open('1002', { amount: { minor: 99_900, currency: 'SEK' } }, { dueAt: monday - hours(2) })
  open('1004', { rule: 'F02-order-missing', severity: 'high', amount: null }, { dueAt: monday })
  const { unmatched } = await client.overview.get({ pair: null })
  expect(unmatched).toMatchObject({ count: 4, oldestDueAt: monday - hours(3) })
  expect(unmatched.top.map((one) => one.number)).toEqual(['1001', '1002', '1003', '1004'])
  expect(unmatched.byCurrency).toEqual([
    { currency: 'SEK', minor: 99_900, count: 1 },
    { currency: 'EUR', minor: 3400, count: 2 },
  ])
})

it('counts what is snoozed, and leaves out what a person ignored', async () => {
  const { client, open, clock } = await aScreen()
  for (const id of ['1001', '1002', '1003']) open(id, {})
  await client.incidents.ignore({ id: '1001', why: 'A test of the agency.' })
  await client.incidents.snooze({ id: '1002', until: clock.now() + hours(1), why: 'Later.' })
  const { unmatched, strip } = await client.overview.get({ pair: null })
  expect([unmatched.count, unmatched.top.map((one) => one.number)]).toEqual([2, ['1002', '1003']])
  expect(strip.openIncidents).toEqual({ critical: 1 })
})

it('tells tax differences by market and by cause, each per currency, signs kept', async () => {
  const { client, open } = await aScreen()
  const tax = { rule: 'F05-tax-differs', severity: 'high' } as const
  open('1', { ...tax, amount: { minor: 120, currency: 'EUR' }, cause: 'wrong-rate' }, { market: 'FR' })
  open('2', { ...tax, amount: { minor: -20, currency: 'EUR' }, cause: 'rounding' }, { market: 'FR' })
  open('3', { ...tax, amount: { minor: 50, currency: 'SEK' }, cause: 'rounding' }, { market: 'SE' })
  const { tax: panel, unmatched } = await client.overview.get({ pair: null })
  expect(unmatched.count).toBe(0)
  expect(panel.byCurrency).toEqual([{ currency: 'EUR', minor: 100, count: 2 }, { currency: 'SEK', minor: 50, count: 1 }])
  expect(panel.byMarket).toEqual([{ market: 'FR', currency: 'EUR', minor: 100, count: 2 }, { market: 'SE', currency: 'SEK', minor: 50, count: 1 }])
  expect(panel.byCause).toEqual([
    { cause: 'wrong-rate', currency: 'EUR', minor: 120, count: 1 },
    { cause: 'rounding', currency: 'SEK', minor: 50, count: 1 },
    { cause: 'rounding', currency: 'EUR', minor: -20, count: 1 },
  ])
})

it('shows one pair alone when it is asked to', async () => {
  const { client, open } = await aScreen()
  open('1001', {})
  expect((await client.overview.get({ pair: 'pair' })).unmatched.count).toBe(1)
  expect(await client.overview.get({ pair: 'another' })).toMatchObject({ hasPairs: false, unmatched: { count: 0, top: [] } })
})
