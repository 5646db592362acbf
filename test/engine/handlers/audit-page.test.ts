/** The audit page over the real contract: answered from a real store, declared by people with history, and taken away as a file. */
import { afterEach, describe, expect, it } from 'vitest'
import { days, hours } from '../../../src-main/domain/time.ts'
import { aPair, anErpOrder, anOrder } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function aSeamOf(): Promise<Caller> {
  caller = await aCaller({ at: monday + hours(2), connections: bothSides, pairs: [aPair()] })
  const { store } = caller.engine
  keep(store, 'shop', 'orders', [anOrder()], monday)
  keep(store, 'erp', 'orders', [anErpOrder()], monday)
  cover(store, 'shop', ['orders'], monday + hours(2))
  cover(store, 'erp', ['orders'], monday + hours(2))
  await caller.engine.reconcile()
  return caller
}

const declared = { point: 'safety-cards', answer: 'yes', who: 'Ada', note: 'The provider’s page takes them.' } as const

describe('the audit page', () => {
  it('answers from data, with the sentence and the way to it', async () => {
    const { client } = await aSeamOf()
    const { points } = await client.audit.page()
    expect(points.find((point) => point.id === 'orders-matched')).toMatchObject({
      part: 'checklist',
      answer: 'yes',
      by: 'data',
      evidence: { says: 'Every order that was due is there.', link: { screen: 'incidents', rule: 'F02-paid-order-missing' } },
      declared: null,
    })
    expect(points.find((point) => point.id === 'safety-cards')).toMatchObject({ answer: null, by: null, evidence: null })
  })

  it('lets a person answer where no map gives the rules anything to judge by, and data once there is one', async () => {
    const { client, engine } = await aSeamOf()
    const asked = async () => (await client.audit.page()).points.filter(({ id }) => id === 'stock-statuses' || id === 'recovery-trail').map(({ id, answer }) => [id, answer])
    expect(await asked()).toEqual([['stock-statuses', null], ['recovery-trail', 'partly']])
    const statusMap = { [anErpOrder().platformState]: 'open' as const }
    engine.store.transaction((tx) => engine.store.pairs.save(tx, aPair({ settings: { statusMap } })))
    expect(await asked()).toEqual([['stock-statuses', 'yes'], ['recovery-trail', 'partly']])
  })

  it('says no plain yes while orders that were due could not be judged', async () => {
    const { client, engine } = await aSeamOf()
    const subject = { kind: 'order', connection: 'shop', key: '77' } as const
    engine.store.transaction((tx) => engine.store.judgements.add(tx, { pair: 'pair', rule: 'F02-paid-order-missing', subject, why: 'The ERP was not read so far', until: null }))
    const { points } = await client.audit.page()
    expect(points.find((point) => point.id === 'orders-matched')).toMatchObject({ answer: 'partly', evidence: { says: expect.stringContaining('1 judgement could not be made yet.') } })
  })

  it('keeps what a person declares with its history, and writes it into the trail', async () => {
    const { client, engine, clock } = await aSeamOf()
    await client.audit.declare({ ...declared, answer: 'no', note: null })
    clock.jump(days(1))
    const { points } = await client.audit.declare(declared)
    expect(points.find((point) => point.id === 'safety-cards')).toMatchObject({ answer: 'yes', by: 'person', declarations: 2, declared: { who: 'Ada', note: declared.note, at: clock.now() } })
    expect((await client.audit.history({ point: 'safety-cards' })).map((one) => one.answer)).toEqual(['yes', 'no'])
    const [entry] = engine.store.audit.page(null, 1)
    expect([entry?.what, entry?.subject, entry?.before, entry?.after, entry?.why]).toEqual(['audit point declared', 'audit point safety-cards', '{"answer":"no"}', '{"answer":"yes"}', declared.note])
    expect((await client.audit.list({ limit: 5, before: null })).intact).toBe(true)
  })

  it('lets data answer where they can, and shows what was declared beside it', async () => {
    const { client } = await aSeamOf()
    const { points } = await client.audit.declare({ ...declared, point: 'orders-matched', answer: 'no' })
    expect(points.find((point) => point.id === 'orders-matched')).toMatchObject({ answer: 'yes', by: 'data', declared: { answer: 'no', who: 'Ada' } })
  })

  it('goes into a file as CSV, in which nothing becomes a formula, and as JSON with the end of the trail', async () => {
    const { client, engine } = await aSeamOf()
    await client.audit.declare({ ...declared, note: '=1+1' })
    const csv = await client.audit.exported({ as: 'csv' })
    const lines = csv.text.trim().split('\r\n')
    expect([csv.name, lines.length]).toEqual(['audit-2026-11-23.csv', 50])
    expect(lines.find((line) => line.includes('safety-cards'))).toContain(",'=1+1")
    const json = await client.audit.exported({ as: 'json' })
    const parsed = JSON.parse(json.text) as { plumbline: string; trail: { hash: string }; points: { id: string; history: unknown[] }[] }
    expect([parsed.plumbline, parsed.trail.hash, parsed.points.length]).toEqual(['9.9.9', engine.store.audit.last()?.hash, 49])
    expect(parsed.points.find((point) => point.id === 'safety-cards')?.history).toHaveLength(1)
  })

  it.each([
    ['a point that nobody asks', { point: 'nothing' }],
    ['an answer that is none', { answer: 'perhaps' }],
    ['nobody’s name', { who: ' ' }],
  ])('refuses %s', async (_what, given) => {
    const { client } = await aSeamOf()
    // as only another program could send it
    const bad = { ...declared, ...given } as typeof declared
    await expect(client.audit.declare(bad)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect((await client.audit.page()).points.every((point) => point.declared === null)).toBe(true)
  })
})
