import { afterEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src-main/domain/incident.ts'
import { ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { seconds } from '../../../src-main/domain/time.ts'
import { outbox } from '../../../src-main/engine/notices/outbox.ts'
import { seededChance } from '../../support/api.ts'
import { aConnection, aFinding, aPair, aStockLevel, anErpOrder, anOrder } from '../../support/builders.ts'
import { settle } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function withPairs(given: Parameters<typeof aCaller>[0] = {}): Promise<Caller> {
  await caller?.close()
  caller = await aCaller({ connections: bothSides, ...given })
  return caller
}

describe('saving a pair', () => {
  it('takes the product’s own settings for what is not named, and a name from its two sides', async () => {
    const { client } = await withPairs()
    const saved = await client.pairs.save({ id: null, shop: 'shop', erp: 'erp', settings: { stockBuffer: 2 } })
    expect(saved).toMatchObject({ id: 'shop-erp', shopLabel: 'Shop', erpLabel: 'ERP', settings: { stockBuffer: 2, graceMinutes: 15 } })
    expect(await client.pairs.list()).toEqual([saved])
  })

  it('leaves the settings that are not named as they were', async () => {
    const { client } = await withPairs({ pairs: [aPair({ settings: { graceMinutes: 45, channels: ['web'], due: { '*': 'placed' } } })] })
    const saved = await client.pairs.save({ id: 'pair', shop: 'shop', erp: 'erp', settings: { stockBuffer: 2 } })
    expect(saved.settings).toMatchObject({ stockBuffer: 2, graceMinutes: 45, channels: ['web'], due: { '*': 'placed' } })
  })

  it('refuses two sides that cannot be a pair, in a sentence and with the field', async () => {
    const { client } = await withPairs()
    await expect(client.pairs.save({ id: null, shop: 'erp', erp: 'shop', settings: {} })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: 'Choose a shop for the shop’s side.', field: 'shop' },
    })
    await expect(client.pairs.save({ id: null, shop: 'shop', erp: 'ghost', settings: {} })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: 'Choose an ERP for the ERP’s side.', field: 'erp' },
    })
    expect(await client.pairs.list()).toEqual([])
  })

  it('answers BAD_REQUEST to a pattern that finds no number', async () => {
    const { client } = await withPairs()
    const settings = { reference: 'SO-\\d+' }
    await expect(client.pairs.save({ id: null, shop: 'shop', erp: 'erp', settings })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('refuses maps that cannot stand beside those that are there, and saves nothing of them', async () => {
    const { client } = await withPairs({ pairs: [aPair({ settings: { bundles: { SET: { CUP: '2' } } } })] })
    const settings = { graceMinutes: 1, packs: { SET: { size: '6', unit: null } } }
    await expect(client.pairs.save({ id: 'pair', shop: 'shop', erp: 'erp', settings })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: expect.stringContaining('SET is a bundle and cannot be a pack'), field: 'packs' },
    })
    expect((await client.pairs.list())[0]?.settings).toMatchObject({ graceMinutes: 15, packs: {} })
  })

  it('refuses a pattern that names an order of two shops in one reference, until a store code tells them apart', async () => {
    const { client, engine } = await withPairs({
      connections: [...bothSides, aConnection({ id: 'other', label: 'Other shop' })],
      pairs: [aPair({ id: 'theirs', shop: 'other', settings: { reference: '^WEB-(?<number>\\d+)$' } })],
    })
    keep(engine.store, 'erp', 'orders', [anErpOrder({ references: ['WEB-1001'] })])
    const settings = { reference: '(?<number>\\d+)$' }
    await expect(client.pairs.save({ id: null, shop: 'shop', erp: 'erp', settings })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: expect.stringContaining('The reference WEB-1001 fits this pattern and that of Other shop'), field: 'reference' },
    })
    const told = { reference: '^(?<store>SHOP)-(?<number>\\d+)$', store: 'SHOP' }
    expect(await client.pairs.save({ id: null, shop: 'shop', erp: 'erp', settings: told })).toMatchObject({ id: 'shop-erp' })
  })

  describe('beside another shop on the same ERP', () => {
    const web = '^WEB-(?<number>\\d+)$'
    const coded = '^(?<store>\\w+)-(?<number>\\d+)$'

    async function beside(theirs: object, references: readonly string[], mine: object | null = null) {
      const { client, engine } = await withPairs({
        connections: [...bothSides, aConnection({ id: 'other', label: 'Other shop' })],
        pairs: [aPair({ id: 'theirs', shop: 'other', settings: theirs }), ...(mine === null ? [] : [aPair({ settings: mine })])],
      })
      keep(engine.store, 'erp', 'orders', references.map((reference) => anErpOrder({ id: reference, references: [reference] })))
      const save = (settings: object) => client.pairs.save({ id: mine === null ? null : 'pair', shop: 'shop', erp: 'erp', settings })
      return { save, client, engine }
    }

    it.each([
      ['neither has a pattern', {}, ['1001'], {}],
      ['only the other has one', { reference: '(?<number>\\d+)$' }, ['1001'], {}],
      ['only this one has one', {}, ['1001'], { reference: '(?<number>\\d+)$' }],
    ])('is refused where both would find the same order and %s, with nothing saved', async (_why, theirs, references, settings) => {
      const { save, client, engine } = await beside(theirs, references)
      await expect(save(settings)).rejects.toMatchObject({ code: 'REFUSED', data: { says: expect.stringContaining('The reference 1001 names an order of this shop and one of Other shop'), field: 'reference' } })
      expect([(await client.pairs.list()).length, engine.store.audit.count()]).toEqual([1, 0])
    })

    it('is refused a store code alone that makes its pattern fit what is another’s', async () => {
      const { save, client } = await beside({ reference: web }, ['WEB-1001'], { reference: coded, store: 'SHOP' })
      await expect(save({ store: 'web', graceMinutes: 1 })).rejects.toMatchObject({ data: { says: expect.stringContaining('The reference WEB-1001 fits this pattern and that of Other shop'), field: 'reference' } })
      expect((await client.pairs.list()).find((pair) => pair.id === 'pair')?.settings).toMatchObject({ store: 'SHOP', graceMinutes: 15 })
    })

    it('goes without a pattern beside one that asks for more, until this shop has an order of such a number', async () => {
      const { save, engine } = await beside({ reference: web }, ['WEB-1001', '7'])
      keep(engine.store, 'shop', 'orders', [anOrder({ number: 'WEB-1001' })])
      await expect(save({})).rejects.toMatchObject({ data: { says: expect.stringContaining('The reference WEB-1001') } })
      const fine = await beside({ reference: web }, ['WEB-1001', '7'])
      expect(await fine.save({})).toMatchObject({ id: 'shop-erp' })
    })

    it('may change what else it likes where it stood so before', async () => {
      const { save } = await beside({}, ['1001'], {})
      expect((await save({ graceMinutes: 1, reference: null })).settings.graceMinutes).toBe(1)
    })
  })

  it('writes what changed into the audit trail', async () => {
    const { client, engine } = await withPairs({ pairs: [aPair()] })
    await client.pairs.save({ id: 'pair', shop: 'shop', erp: 'erp', settings: { graceMinutes: 30 } })
    const [entry] = engine.store.audit.page(null, 1)
    expect(entry).toMatchObject({ what: 'pair changed', subject: 'pair pair' })
    expect([entry?.before, entry?.after]).toEqual([
      expect.stringContaining('"graceMinutes":15'),
      expect.stringContaining('"graceMinutes":30'),
    ])
  })

  it('judges anew by the settings it was given', async () => {
    const { client, engine } = await withPairs({ pairs: [aPair()] })
    const order = anOrder({ channel: 'outlet' })
    keep(engine.store, 'shop', 'orders', [order])
    await engine.reconcile()
    expect((await client.overview.get({ pair: null })).outOfScope).toEqual([])
    await client.pairs.save({ id: 'pair', shop: 'shop', erp: 'erp', settings: { channels: ['web'] } })
    expect((await client.overview.get({ pair: null })).outOfScope).toMatchObject([{ count: 1 }])
  })
})

describe('a pair that is there', () => {
  it('keeps its two sides, because what was found belongs to them', async () => {
    const { client, engine } = await withPairs({ pairs: [aPair()] })
    engine.store.transaction((tx) => engine.store.connections.save(tx, aConnection({ id: 'shop2', platform: 'scripted-shop' })))
    await expect(client.pairs.save({ id: 'pair', shop: 'shop2', erp: 'erp', settings: {} })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { field: 'shop' },
    })
    expect((await client.pairs.list()).map((pair) => pair.shop)).toEqual(['shop'])
  })

  it('is not brought back by a form that was open while it was removed, nor its name given to another', async () => {
    const { client } = await withPairs()
    const { id } = await client.pairs.save({ id: null, shop: 'shop', erp: 'erp', settings: {} })
    await client.pairs.remove({ id })
    await expect(client.pairs.save({ id, shop: 'shop', erp: 'erp', settings: {} })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await client.pairs.save({ id: null, shop: 'shop', erp: 'erp', settings: {} })).id).not.toBe(id)
  })

  it('takes no pattern that would stop the engine for good on a reference that nearly fits', async () => {
    const { client, engine } = await withPairs({ pairs: [aPair()] })
    keep(engine.store, 'erp', 'orders', [anErpOrder({ references: ['SO-1001'] })])
    const reference = '^SO-(?<number>(\\d+)+)$'
    await expect(client.pairs.save({ id: 'pair', shop: 'shop', erp: 'erp', settings: { reference } })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { says: expect.stringMatching(/^The reference pattern takes far too long/), field: 'reference' },
    })
    const tried = await client.pairs.tryReference({ shop: 'shop', erp: 'erp', reference, store: null })
    expect(tried).toMatchObject({ problem: expect.stringMatching(/^takes far too long/), rows: [] })
    const quick = await client.pairs.save({ id: 'pair', shop: 'shop', erp: 'erp', settings: { reference: '^SO-(?<number>\\d+)$' } })
    expect(quick.settings.reference).toBe('^SO-(?<number>\\d+)$')
  })

  it('is saved within seconds, however long judging it anew takes', async () => {
    const { client, clock, engine, erp } = await withPairs({ pairs: [aPair()] })
    let answer: (fault: null) => void = () => undefined
    erp.meet(({ how }) => (how === 'lookup' ? new Promise((resolve) => (answer = resolve)) : null))
    keep(engine.store, 'shop', 'orders', [anOrder()])
    cover(engine.store, 'shop', ['orders'], clock.now())
    cover(engine.store, 'erp', ['orders'], clock.now())
    const saved = client.pairs.save({ id: 'pair', shop: 'shop', erp: 'erp', settings: { graceMinutes: 1 } })
    await settle(10)
    await clock.advance(seconds(6))
    expect((await saved).settings.graceMinutes).toBe(1)
    answer(null)
  })
})

describe('removing a pair', () => {
  it('takes back what of it was still to be told, and leaves what is told of others', async () => {
    const { client, engine, clock } = await withPairs({ pairs: [aPair(), aPair({ id: 'other', shop: 'shop', erp: 'erp' })] })
    const { store } = engine
    const told = outbox({ store, clock, chance: seededChance(), titleOf: (rule) => rule, atLeast: () => 'high' })
    const speak = (pair: string, key: string, more: Partial<Finding>) => store.transaction((tx) => {
      const finding = aFinding({ subject: { kind: 'order', connection: 'shop', key }, ...more })
      store.incidents.apply(tx, pair, finding, { id: `i${pair}${key}`, market: null, dueAt: null, parent: null, at: clock.now() })
      told.tell(tx, [{ incident: `i${pair}${key}`, what: 'opened' }])
    })
    speak('pair', '1', {})
    speak('pair', '2', { rule: 'F02-total-differs', severity: 'high' })
    speak('other', '3', { rule: 'F02-total-differs', severity: 'high', says: 'Order 3 differs.' })
    expect(await client.notices.pending()).toMatchObject([{ incidents: ['ipair1'] }, { incidents: ['ipair2', 'iother3'] }])
    await client.pairs.remove({ id: 'pair' })
    expect(await client.notices.pending()).toMatchObject([{ incidents: ['iother3'], body: 'Order 3 differs.' }])
  })

  it('leaves its two connections, and says so in the audit trail', async () => {
    const { client } = await withPairs({ pairs: [aPair()] })
    await client.pairs.remove({ id: 'pair' })
    expect(await client.pairs.list()).toEqual([])
    expect(await client.connections.list()).toHaveLength(2)
    expect((await client.audit.list({ limit: 1, before: null })).rows).toMatchObject([{ what: 'pair removed' }])
    await expect(client.pairs.remove({ id: 'pair' })).rejects.toMatchObject({ code: 'NOT_FOUND', data: { says: 'There is no pair pair.' } })
  })
})

describe('trying a reference pattern', () => {
  const tried = { shop: 'shop', erp: 'erp', store: null }

  it('shows on real references which shop numbers they name, and which the shop has', async () => {
    const { client, engine } = await withPairs()
    keep(engine.store, 'shop', 'orders', [anOrder({ number: '1001' })])
    keep(engine.store, 'erp', 'orders', [
      anErpOrder({ id: 'so-1', references: ['WEB-1001'] }),
      anErpOrder({ id: 'so-2', references: ['WEB-1002'] }),
      anErpOrder({ id: 'so-3', references: ['by phone'] }),
    ])
    const answer = await client.pairs.tryReference({ ...tried, reference: '^WEB-(?<number>\\d+)$' })
    expect(answer).toMatchObject({ problem: null, matched: 1, total: 3 })
    expect(answer.rows.toSorted((a, b) => a.reference.localeCompare(b.reference))).toEqual([
      { reference: 'by phone', number: null, shopHasIt: false },
      { reference: 'WEB-1001', number: '1001', shopHasIt: true },
      { reference: 'WEB-1002', number: '1002', shopHasIt: false },
    ])
  })

  it('names the problem of a pattern that cannot be used', async () => {
    const { client } = await withPairs()
    expect(await client.pairs.tryReference({ ...tried, reference: '(' })).toMatchObject({ problem: expect.stringMatching(/^not a regular expression/), rows: [] })
    expect(await client.pairs.tryReference({ ...tried, reference: '\\d+' })).toMatchObject({ problem: expect.stringMatching(/^needs a group named number/) })
  })

  it('counts more than it shows', async () => {
    const { client, engine } = await withPairs()
    const many = Array.from({ length: 60 }, (_, index) => anErpOrder({ id: `so-${index}`, references: [`W${index}`] }))
    keep(engine.store, 'erp', 'orders', many)
    const answer = await client.pairs.tryReference({ ...tried, reference: null })
    expect([answer.rows.length, answer.total, answer.matched]).toEqual([50, 60, 0])
  })
})

describe('what may be chosen in a pair', () => {
  it('offers what was read from both sides, each once', async () => {
    const { client, engine } = await withPairs()
    keep(engine.store, 'shop', 'orders', [
      anOrder({ number: '1', channel: 'web', payment: { method: 'card' } }),
      anOrder({ number: '2', channel: 'outlet', payment: { method: 'transfer' } }),
      anOrder({ number: '3', channel: 'web', payment: { method: null } }),
    ])
    keep(engine.store, 'shop', 'stock', [aStockLevel({ location: 'Lyon' }), aStockLevel({ sku: 'CUP', location: 'Lyon' })])
    keep(engine.store, 'erp', 'stock', [aStockLevel({ location: 'WH2' }), aStockLevel({ location: 'WH1' })])
    keep(engine.store, 'erp', 'orders', [anErpOrder({ createdBy: '7' }), anErpOrder({ id: 'b', createdBy: '2' }), anErpOrder({ id: 'c', createdBy: '7' })])
    expect(await client.pairs.choices({ shop: 'shop', erp: 'erp' })).toEqual({
      shopLocations: ['Lyon'],
      erpLocations: ['WH1', 'WH2'],
      channels: ['outlet', 'web'],
      methods: ['card', 'transfer'],
      actors: ['2', '7'],
    })
  })
})

describe('the history of a pair', () => {
  it('says who changed what from what to what and why, without what each rule tells itself', async () => {
    const { client, clock } = await withPairs()
    const pair = { id: 'shop-erp', shop: 'shop', erp: 'erp' }
    await client.pairs.save({ ...pair, id: null, settings: {} })
    await client.pairs.save({ ...pair, settings: { graceMinutes: 30, skuMap: { MUG: '0815' } }, why: 'The queue is slow.' })
    await client.pairs.save({ ...pair, settings: { rules: { 'F02-order-stuck': ruleSettingSchema.parse({ severity: 'low' }) } } })
    await client.pairs.save({ ...pair, settings: { skuMap: {} } })
    const told = { at: clock.now(), who: 'You', began: false }
    expect(await client.pairs.history({ id: 'shop-erp' })).toEqual([
      { ...told, why: null, changes: [{ what: 'skuMap.MUG', before: '0815', after: 'standard' }] },
      { ...told, why: 'The queue is slow.', changes: [{ what: 'graceMinutes', before: '15', after: '30' }, { what: 'skuMap.MUG', before: 'standard', after: '0815' }] },
      { ...told, why: null, began: true, changes: [] },
    ])
  })
})
