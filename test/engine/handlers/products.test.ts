/** Products and customers over the real contract: catalogues side by side, duplicates, and how well records say where they come from. */
import { afterEach, describe, expect, it } from 'vitest'
import { type PairSettings, pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { hours } from '../../../src-main/domain/time.ts'
import { aCustomer, aPair, aProduct, anErpOrder, anInvoice, anOrder, placedAt } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { cover, keep } from '../../support/store.ts'
import { type Caller, aCaller, bothSides } from './caller.ts'

let caller: Caller | null = null
afterEach(async () => {
  await caller?.close()
  caller = null
})

async function aSeam(settings: Partial<PairSettings> = {}): Promise<Caller> {
  const made = await aCaller({ at: monday + hours(1), connections: bothSides, pairs: [aPair({ settings: pairSettingsSchema.parse({ graceMinutes: 0, ...settings }) })] })
  caller = made
  for (const side of ['shop', 'erp']) cover(made.engine.store, side, ['orders', 'products', 'customers'], monday + hours(1))
  return made
}

const all = { pair: 'pair', filter: { only: 'all', search: null }, limit: 50, cursor: null } as const

describe('products', () => {
  it('stand side by side by SKU, with what differs', async () => {
    const { client, engine } = await aSeam({ skuMap: { CUP: '0815' } })
    keep(engine.store, 'shop', 'products', [aProduct(), aProduct({ sku: 'CUP', title: 'Cup', unit: 'Piece' }), aProduct({ sku: 'TEA' })], monday)
    keep(engine.store, 'erp', 'products', [aProduct(), aProduct({ sku: '0815', title: 'Cup, white', unit: 'Box' }), aProduct({ sku: 'POT' })], monday)
    const { rows, next, shopCount, erpCount } = await client.products.list(all)
    expect(rows.map(({ sku, erpSku, shop, erp, differs }) => [sku, erpSku, shop !== null, erp !== null, differs])).toEqual([
      ['CUP', '0815', true, true, ['title', 'unit']],
      ['MUG', 'MUG', true, true, []],
      ['POT', 'POT', false, true, []],
      ['TEA', 'TEA', true, false, []],
    ])
    expect([next, shopCount, erpCount]).toEqual([null, 3, 3])
  })

  it('are narrowed to what differs, what one side lacks and what incidents speak of', async () => {
    const { client, engine } = await aSeam()
    keep(engine.store, 'shop', 'products', [aProduct({ unit: 'Piece' }), aProduct({ sku: 'CUP' }), aProduct({ sku: 'TEA' })], monday)
    keep(engine.store, 'erp', 'products', [aProduct({ unit: 'Box' }), aProduct({ sku: 'CUP' }), aProduct({ sku: 'POT' })], monday)
    await engine.reconcile()
    const found = async (only: 'differing' | 'shop-only' | 'erp-only' | 'incidents') =>
      (await client.products.list({ ...all, filter: { only, search: null } })).rows.map((row) => row.sku)
    expect([await found('differing'), await found('shop-only'), await found('erp-only')]).toEqual([['MUG'], ['TEA'], ['POT']])
    expect(await found('incidents')).toContain('MUG')
    expect(await found('incidents')).not.toContain('CUP')
  })

  it('are met once each, page by page, and found by how they begin', async () => {
    const { client, engine } = await aSeam()
    const skus = Array.from({ length: 9 }, (_, nth) => `SKU-${nth}`)
    keep(engine.store, 'shop', 'products', skus.map((sku) => aProduct({ sku })), monday)
    keep(engine.store, 'erp', 'products', [...skus, 'TEA'].map((sku) => aProduct({ sku })), monday)
    const met: string[] = []
    for (let cursor: string | null = null, going = true; going; going = cursor !== null) {
      const page: Awaited<ReturnType<typeof client.products.list>> = await client.products.list({ ...all, limit: 4, cursor })
      met.push(...page.rows.map((row) => row.sku))
      cursor = page.next
    }
    expect(met).toEqual([...skus, 'TEA'])
    expect((await client.products.list({ ...all, filter: { only: 'all', search: 'T' } })).rows.map((row) => row.sku)).toEqual(['TEA'])
  })

  it('are found under either side’s name, with every copy, what the maps say and what is open about them', async () => {
    const { client, engine } = await aSeam({ skuMap: { CUP: '0815' }, packs: { CUP: { size: '6', unit: 'Piece' } } })
    keep(engine.store, 'shop', 'products', [aProduct({ sku: 'CUP' }), aProduct({ id: 'again', sku: 'CUP' })], monday)
    keep(engine.store, 'erp', 'products', [aProduct({ sku: '0815' })], monday)
    await engine.reconcile()
    const one = await client.products.one({ pair: 'pair', sku: '0815' })
    expect([one.sku, one.erpSku, one.shop.length, one.erp.length]).toEqual(['CUP', '0815', 2, 1])
    expect(one.maps).toEqual(['The ERP calls it 0815.', 'One of it is 6 Piece in the ERP.'])
    expect(one.incidents.map((incident) => incident.rule)).toEqual(['F08-duplicate-sku'])
    await expect(client.products.one({ pair: 'pair', sku: 'NONE' })).rejects.toMatchObject({ data: { says: 'Neither side has a product under NONE.' } })
  })
})

describe('customers', () => {
  it('that the ERP has twice are one cluster, without anybody’s address', async () => {
    const { client, engine } = await aSeam()
    const twins = ['7', '12'].map((id) => aCustomer({ id, code: `C${id}` }))
    keep(engine.store, 'erp', 'customers', [...twins, aCustomer({ id: '3', code: 'C3', email: 'eve@example.org' })], monday)
    keep(engine.store, 'erp', 'customers', twins.map((one) => ({ ...one, email: 'ann@shop.test' })), monday + 1)
    await engine.reconcile()
    const { rows, held, next } = await client.customers.list({ pair: 'pair', limit: 50, cursor: null })
    expect(rows.map(({ by, count, customers, conflicts }) => [by, count, customers.map(({ id, email }) => `${id} ${email}`), conflicts])).toEqual([
      ['email', 2, ['7 …@shop.test', '12 …@shop.test'], []],
    ])
    expect([held, next, JSON.stringify(rows).includes('ann')]).toEqual([3, null, false])
    const one = await client.customers.one({ pair: 'pair', id: '12' })
    expect([one.customer.code, one.clusters.map((cluster) => cluster.key)]).toEqual(['C12', ['email of 7']])
    expect((await client.customers.one({ pair: 'pair', id: 'C3' })).clusters).toEqual([])
  })

  it('lead to their orders, newest first and page by page, with those that the ERP lacks', async () => {
    const { client, engine } = await aSeam()
    const address = { email: 'bo@shop.test' }
    keep(engine.store, 'erp', 'customers', [aCustomer({ id: '7', code: null, ...address })], monday)
    keep(engine.store, 'shop', 'customers', [aCustomer({ id: 'cus-7', code: null, ...address })], monday)
    const orders = ['1001', '1002', '1003'].map((number, nth) => anOrder({ id: number, number, placedAt: placedAt + nth, customer: { id: 'cus-7', ...address } }))
    keep(engine.store, 'shop', 'orders', [...orders, anOrder({ id: '1004', number: '1004', customer: { id: 'cus-8', email: 'eve@shop.test' } })], monday)
    keep(engine.store, 'erp', 'orders', [anErpOrder({ references: ['1001'], customerId: '7', customerEmail: 'Bo@shop.test' })], monday)
    await engine.reconcile()
    for (const of of [{ id: '7' }, { id: 'cus-7', side: 'shop' as const }]) {
      const first = await client.customers.orders({ pair: 'pair', ...of, limit: 2, cursor: null })
      const rest = await client.customers.orders({ pair: 'pair', ...of, limit: 2, cursor: first.next })
      expect([first.rows, rest.rows].map((rows) => rows.map((row) => row.number))).toEqual([['1003', '1002'], ['1001']])
      expect([rest.next, rest.rows[0]?.erp.numbers, first.hasAddress]).toEqual([null, ['SO1001'], true])
    }
    const one = await client.customers.one({ pair: 'pair', id: 'cus-7', side: 'shop' })
    expect(one.counterparts.map(({ id }) => id)).toEqual(['7'])
  })

  it('without an address say that no order is found by it', async () => {
    const { client, engine } = await aSeam()
    keep(engine.store, 'erp', 'customers', [aCustomer({ id: '7', email: null })], monday)
    expect(await client.customers.orders({ pair: 'pair', id: '7', limit: 2, cursor: null })).toEqual({ rows: [], next: null, hasAddress: false })
    await expect(client.customers.orders({ pair: 'pair', id: '7', limit: 2, cursor: 'no place' })).rejects.toMatchObject({ code: 'REFUSED' })
    await expect(client.customers.orders({ pair: 'pair', id: '99', side: 'shop', limit: 2, cursor: null })).rejects.toMatchObject({ data: { says: 'The shop has no customer 99 that was read.' } })
  })

  it('are refused in words when the ERP does not have them', async () => {
    const { client } = await aSeam()
    await expect(client.customers.one({ pair: 'pair', id: '99' })).rejects.toMatchObject({ data: { says: 'The ERP has no customer 99 that was read.' } })
  })
})

describe('where records come from', () => {
  it('is counted over the newest documents of each kind', async () => {
    const { client, engine } = await aSeam()
    keep(engine.store, 'shop', 'orders', [anOrder({ trace: 'run-1' }), anOrder({ number: '1002', channel: null, changedAt: null })], monday)
    keep(engine.store, 'erp', 'orders', [anErpOrder(), anErpOrder({ id: 'own', references: [], createdBy: null })], monday)
    keep(engine.store, 'erp', 'invoices', [anInvoice({ changedBy: 'eva' })], monday)
    const { trail } = await client.products.records({ pair: 'pair' })
    expect(trail).toEqual([
      { side: 'shop', stream: 'orders', of: 2, time: 1, origin: 1, identity: 0, trace: 1 },
      { side: 'erp', stream: 'orders', of: 2, time: 2, origin: 1, identity: 1, trace: 0 },
      { side: 'erp', stream: 'invoices', of: 1, time: 1, origin: 1, identity: 1, trace: 0 },
    ])
  })

  it('comes with the merges that wait and are done, and with what was done by hand, by class', async () => {
    const { client, engine } = await aSeam()
    const twin = (id: string, email: string) => aCustomer({ id, code: `C${id}`, email })
    keep(engine.store, 'erp', 'customers', [twin('1', 'ann@shop.test'), twin('2', 'ann@shop.test'), twin('3', 'ann@shop.test'), twin('4', 'bob@shop.test'), twin('5', 'bob@shop.test')], monday)
    await engine.reconcile()
    keep(engine.store, 'erp', 'customers', [{ ...twin('5', 'bob@shop.test'), active: false }], monday + 1)
    await engine.reconcile()
    const [open] = engine.store.incidents.live(10)
    if (open === undefined) throw new Error('nothing is open')
    const byHand = (kind: 'accepted' | 'corrected') => ({ kind: 'override', class: kind, what: 'Merged.', why: 'Two desks.', by: null, severity: null }) as const
    await client.incidents.decide({ ids: [open.id], decision: byHand('corrected') })
    await client.incidents.decide({ ids: [open.id], decision: byHand('corrected') })
    await client.incidents.decide({ ids: [open.id], decision: byHand('accepted') })
    const { merges, overrides } = await client.products.records({ pair: 'pair' })
    expect(merges).toEqual({ clusters: 1, surplus: 2, settled: 1, more: false })
    expect(overrides).toEqual([{ class: 'corrected', count: 2 }, { class: 'accepted', count: 1 }])
  })
})
