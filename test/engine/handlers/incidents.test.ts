import { afterEach, describe, expect, it } from 'vitest'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import { aFinding, aPair, anErpOrder, anInvoice, anOrder, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

const everything = { states: null, severities: null, rule: null, search: null, limit: 50, offset: 0 } as const

/** Two paid orders that the ERP never heard of, and one that is placed on account and so due at once. */
async function afterABadMorning(): Promise<Caller & { readonly idOf: (number: string) => string }> {
  const opened = await aCaller({ at: monday, connections: bothSides, pairs: [aPair({ settings: { due: { account: 'placed' } } })] })
  caller = opened
  const { engine, clock } = opened
  keep(engine.store, 'shop', 'orders', [
    anOrder({ number: '1001' }),
    anOrder({ number: '1002', currency: 'SEK', placedAt: placedAt - hours(1) }),
    anOrder({ number: '2001', payment: { state: 'authorised', captures: [], method: 'account' } }),
  ])
  clock.jump(hours(1))
  for (const side of ['shop', 'erp']) cover(engine.store, side, ['orders', 'stock'], clock.now())
  await engine.reconcile()
  const idOf = (number: string): string => {
    const incident = engine.store.incidents.live(10).find((one) => one.subject.key === number)
    if (incident === undefined) throw new Error(`no incident about ${number}`)
    return incident.id
  }
  return { ...opened, idOf }
}

const keysOf = (answer: { rows: readonly { subject: { key: string } }[] }): string[] => answer.rows.map((row) => row.subject.key).toSorted()

describe('the list of incidents', () => {
  it('shows the most severe first, each with its title, sentence, amount and repair', async () => {
    const { client } = await afterABadMorning()
    const answer = await client.incidents.list(everything)
    expect(answer.total).toBe(3)
    expect(answer.rows.map((row) => row.severity)).toEqual(['critical', 'critical', 'high'])
    expect(answer.rows.find((row) => row.subject.key === '1001')).toMatchObject({
      rule: 'F02-paid-order-missing',
      state: 'open',
      pair: 'pair',
      amount: { minor: 2400, currency: 'EUR' },
      repair: 'order.create',
    })
    expect(answer.rows[0]?.title).not.toBe(answer.rows[0]?.rule)
  })

  it('counts by state and by rule beside the rows', async () => {
    const { client, idOf } = await afterABadMorning()
    await client.incidents.acknowledge({ id: idOf('1001') })
    const answer = await client.incidents.list(everything)
    expect(answer.counts).toEqual({ open: 2, acknowledged: 1 })
    expect(answer.rules.map(({ id, count }) => [id, count])).toEqual([['F02-order-missing', 1], ['F02-paid-order-missing', 2]])
  })

  it('filters by state, severity and rule, and all of them together', async () => {
    const { client, idOf } = await afterABadMorning()
    await client.incidents.acknowledge({ id: idOf('1001') })
    const ask = async (filter: object) => keysOf(await client.incidents.list({ ...everything, ...filter }))
    expect(await ask({ states: ['acknowledged'] })).toEqual(['1001'])
    expect(await ask({ severities: ['high'] })).toEqual(['2001'])
    expect(await ask({ rule: 'F02-paid-order-missing' })).toEqual(['1001', '1002'])
    expect(await ask({ states: ['open'], rule: 'F02-paid-order-missing', search: '100' })).toEqual(['1002'])
    expect(await ask({ states: ['resolved'] })).toEqual([])
  })

  it('narrows to one pair, with what is said of its connections and without another’s', async () => {
    const { client, engine } = await afterABadMorning()
    engine.store.transaction((tx) => {
      for (const connection of ['erp', 'elsewhere']) {
        const finding = aFinding({ rule: 'F12-connection-blind', subject: { kind: 'connection', connection, key: connection } })
        engine.store.incidents.apply(tx, null, finding, { id: `blind-${connection}`, market: null, dueAt: null, parent: null, at: monday })
      }
    })
    expect(keysOf(await client.incidents.list({ ...everything, pair: 'pair' }))).toEqual(['1001', '1002', '2001', 'erp'])
    expect(keysOf(await client.incidents.list({ ...everything, pair: 'other' }))).toEqual([])
  })

  it('narrows to the parts of one, and to what a sum adds up', async () => {
    const { client, engine } = await afterABadMorning()
    engine.store.transaction((tx) => {
      const finding = aFinding({ rule: 'F05-tax-differs', cause: 'rounding', subject: { kind: 'order', connection: 'shop', key: '7' } })
      engine.store.incidents.apply(tx, 'pair', finding, { id: 'part', market: null, dueAt: null, parent: 'whole', at: monday })
    })
    const ask = async (filter: object) => keysOf(await client.incidents.list({ ...everything, ...filter }))
    expect(await ask({ parent: 'whole' })).toEqual(['7'])
    expect(await ask({ cause: 'rounding' })).toEqual(['7'])
    expect(await ask({ currency: 'SEK' })).toEqual(['1002'])
    expect(await ask({ market: '', rule: 'F05-tax-differs' })).toEqual(['7'])
    expect(await ask({ market: 'FR', rule: 'F05-tax-differs' })).toEqual([])
  })

  it('finds a part of an order number, and takes % and _ as they are', async () => {
    const { client } = await afterABadMorning()
    const ask = async (search: string) => keysOf(await client.incidents.list({ ...everything, search }))
    expect(await ask('2001')).toEqual(['2001'])
    expect(await ask('100')).toEqual(['1001', '1002'])
    expect(await ask('%')).toEqual([])
    expect(await ask('1_01')).toEqual([])
  })

  it('pages without losing or repeating one', async () => {
    const { client } = await afterABadMorning()
    const first = await client.incidents.list({ ...everything, limit: 2 })
    const rest = await client.incidents.list({ ...everything, limit: 2, offset: 2 })
    expect([first.total, rest.total]).toEqual([3, 3])
    expect([...keysOf(first), ...keysOf(rest)].toSorted()).toEqual(['1001', '1002', '2001'])
  })

  it('answers BAD_REQUEST to a page or a state that the contract does not know', async () => {
    const { client } = await afterABadMorning()
    await expect(client.incidents.list({ ...everything, limit: 100_000 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    // @ts-expect-error -- what a page of another version might send
    await expect(client.incidents.list({ ...everything, states: ['lost'] })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('one incident', () => {
  it('shows both sides’ evidence, how old it is, its timeline and what to do', async () => {
    const { client, idOf, clock } = await afterABadMorning()
    const incident = await client.incidents.get({ id: idOf('1001') })
    expect(incident).toMatchObject({
      shopLabel: 'Shop',
      erpLabel: 'ERP',
      shopAsOf: { at: clock.now() },
      erpAsOf: { at: clock.now() },
      timeline: [{ what: 'opened', who: 'Plumbline', says: incident.says }],
      replays: [],
    })
    expect(incident.evidence.length).toBeGreaterThan(0)
    expect(incident.guide.length).toBeGreaterThan(0)
  })

  it('about an invoice leads to the order that it bills, and one of no order to none', async () => {
    const { client, engine } = await afterABadMorning()
    keep(engine.store, 'erp', 'orders', [anErpOrder({ id: 'so-1', references: ['1001'] })])
    keep(engine.store, 'erp', 'invoices', [anInvoice({ id: 'i1', number: 'INV/1', orderIds: ['so-1'] }), anInvoice({ id: 'i2', number: 'INV/2', orderIds: [] })])
    engine.store.transaction((tx) => {
      for (const key of ['INV/1', 'INV/2']) {
        const finding = aFinding({ rule: 'F06-invoice-sums', subject: { kind: 'invoice', connection: 'shop', key } })
        engine.store.incidents.apply(tx, 'pair', finding, { id: key, market: null, dueAt: null, parent: null, at: monday })
      }
    })
    expect([(await client.incidents.get({ id: 'INV/1' })).order, (await client.incidents.get({ id: 'INV/2' })).order]).toEqual(['1001', null])
  })

  it('says NOT_FOUND in a sentence for one that is not there', async () => {
    const { client } = await afterABadMorning()
    const missing = { code: 'NOT_FOUND', data: { says: expect.stringMatching(/^There is no incident ghost;/) } }
    await expect(client.incidents.get({ id: 'ghost' })).rejects.toMatchObject(missing)
    await expect(client.incidents.acknowledge({ id: 'ghost' })).rejects.toMatchObject(missing)
    await expect(client.incidents.ignore({ id: 'ghost', why: 'gone' })).rejects.toMatchObject(missing)
    await expect(client.incidents.reopen({ id: 'ghost' })).rejects.toMatchObject(missing)
    await expect(client.incidents.snooze({ id: 'ghost', until: monday + days(9), why: 'later' })).rejects.toMatchObject(missing)
  })
})

describe('a person’s move', () => {
  it('is in the timeline and in the audit trail, with who and why', async () => {
    const { client, idOf, clock, engine } = await afterABadMorning()
    const id = idOf('1001')
    clock.jump(minutes(5))
    const ignored = await client.incidents.ignore({ id, why: 'Booked by hand in the old ERP.' })
    expect(ignored.state).toBe('ignored')
    expect(ignored.timeline[0]).toEqual({ at: clock.now(), what: 'ignored', who: 'You', says: 'Booked by hand in the old ERP.' })
    expect(engine.store.audit.page(null, 1)).toMatchObject([
      { what: 'incident ignored', subject: `incident ${id}`, before: '{"state":"open"}', why: 'Booked by hand in the old ERP.' },
    ])
    expect((await client.audit.list({ limit: 10, before: null })).intact).toBe(true)
  })

  it('goes there and back: acknowledged, snoozed, reopened', async () => {
    const { client, idOf, clock } = await afterABadMorning()
    const id = idOf('1001')
    expect(await client.incidents.acknowledge({ id })).toMatchObject({ state: 'acknowledged' })
    expect(await client.incidents.snooze({ id, until: clock.now() + days(1), why: 'The agency is on it.' })).toMatchObject({ state: 'snoozed' })
    const reopened = await client.incidents.reopen({ id })
    expect(reopened.timeline.map((entry) => entry.what)).toEqual(['open', 'snoozed', 'acknowledged', 'opened'])
  })

  it('cannot snooze until a moment that is over', async () => {
    const { client, idOf, clock } = await afterABadMorning()
    await expect(client.incidents.snooze({ id: idOf('1001'), until: clock.now(), why: 'later' })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: 'Snooze until a moment that is still to come.', field: 'until' },
    })
  })

  it('needs a reason where it hides something', async () => {
    const { client, idOf } = await afterABadMorning()
    await expect(client.incidents.ignore({ id: idOf('1001'), why: '' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('cannot touch what evidence has closed, or what a repair is about to decide', async () => {
    const { client, idOf, engine, clock } = await afterABadMorning()
    const [closed, repairing] = [idOf('1001'), idOf('1002')]
    engine.store.transaction((tx) => {
      engine.store.incidents.resolve(tx, closed, 'The ERP has it now.', clock.now())
      engine.store.incidents.move(tx, repairing, { state: 'repairing', until: null, who: 'you', says: 'Sent.', at: clock.now() })
    })
    const moves = (id: string) => [
      client.incidents.acknowledge({ id }),
      client.incidents.snooze({ id, until: clock.now() + days(1), why: 'later' }),
      client.incidents.ignore({ id, why: 'no' }),
      client.incidents.reopen({ id }),
    ]
    for (const move of moves(closed)) {
      // oxlint-disable-next-line no-await-in-loop -- four short answers
      await expect(move).rejects.toMatchObject({ code: 'REFUSED', data: { says: expect.stringContaining('closed by what both sides show') } })
    }
    for (const move of moves(repairing)) {
      // oxlint-disable-next-line no-await-in-loop -- four short answers
      await expect(move).rejects.toMatchObject({ code: 'REFUSED', data: { says: expect.stringContaining('repair is on its way') } })
    }
    expect(await client.incidents.get({ id: closed })).toMatchObject({ state: 'resolved', resolvedBy: 'The ERP has it now.' })
    expect(await client.incidents.get({ id: repairing })).toMatchObject({ state: 'repairing' })
  })
})

describe('what is open about a pair that is no more', () => {
  it('is closed with the pair: nothing will ever judge it again', async () => {
    const { client, idOf } = await afterABadMorning()
    const id = idOf('1001')
    await client.pairs.remove({ id: 'pair' })
    expect(await client.incidents.get({ id })).toMatchObject({ state: 'resolved', resolvedBy: 'The pair was removed.' })
    expect((await client.incidents.list(everything)).counts).toEqual({ resolved: 3 })
    expect((await client.overview.get({ pair: null })).unmatched).toMatchObject({ count: 0, top: [] })
  })

  it('is closed with either of its connections, and so is what is open about the connection itself', async () => {
    const { client, engine, clock } = await afterABadMorning()
    const finding = aFinding({ rule: 'F12-connection-blind', subject: { kind: 'connection', connection: 'erp', key: 'erp' }, amount: null })
    engine.store.transaction((tx) =>
      engine.store.incidents.apply(tx, null, finding, { id: 'blind', market: null, dueAt: null, parent: null, at: clock.now() }),
    )
    await client.connections.remove({ id: 'erp' })
    expect((await client.incidents.list(everything)).counts).toEqual({ resolved: 4 })
    expect(await client.incidents.get({ id: 'blind' })).toMatchObject({ resolvedBy: 'The connection was removed.' })
  })
})

describe('an incident that another explains', () => {
  it('names its parent, and the parent says how many it explains', async () => {
    const { client, engine, clock, idOf } = await afterABadMorning()
    const stopped = aFinding({ rule: 'F11-flow-stopped', subject: { kind: 'stream', connection: 'shop', key: 'orders' }, says: 'No order has arrived since nine; 2 wait.' })
    engine.store.transaction((tx) => {
      engine.store.incidents.apply(tx, 'pair', stopped, { id: 'flow', market: null, dueAt: 0, parent: null, at: clock.now() })
      engine.store.families.adopt(tx, { parent: 'flow', pair: 'pair', rules: ['F02-paid-order-missing'], from: 0 })
    })
    const child = await client.incidents.get({ id: idOf('1001') })
    expect([child.parent, child.parentSays, child.children]).toEqual(['flow', stopped.says, 0])
    const parent = await client.incidents.get({ id: 'flow' })
    expect([parent.parent, parent.parentSays, parent.children]).toEqual([null, null, 2])
  })
})
