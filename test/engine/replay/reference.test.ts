/** What the ERP will know a shop order by: as the integration writes it, and the same on every installation. */
import { describe, expect, it } from 'vitest'
import { anErpOrder, anOrder, aPair } from '../../support/builders.ts'
import { aStore, keep } from '../../support/store.ts'
import { examplesOf, keyOf, referenceFor } from '../../../src-main/engine/replay/reference.ts'

const pattern = '^(?:(?<store>[A-Z]+)-)?(?<number>\\d+)(?: .*)?$'
const patterned = aPair({ settings: { reference: pattern, store: 'WEB' } })

function examples(...references: readonly string[]) {
  return references.map((reference) => ({ reference, number: /\d+/.exec(reference)?.[0] ?? '', order: anErpOrder({ references: [reference] }) }))
}

describe('the reference of a replayed order', () => {
  it.each([
    ['is the plain number where there is no pattern and no example', aPair(), [], '1001'],
    ['is written as the integration writes it', patterned, examples('WEB-900', 'WEB-901'), 'WEB-1001'],
    ['takes the form that most share, not the newest by hand', patterned, examples('900 phone', 'WEB-901', 'WEB-902'), 'WEB-1001'],
    ['copies nothing of another order where no two share a form', patterned, examples('900 Mon', '901 Tue', '902 Wed'), '1001'],
    ['never names another store', patterned, examples('SHOP-900', 'SHOP-901'), '1001'],
    ['follows one example rather than none', patterned, examples('WEB-900'), 'WEB-1001'],
  ])('%s', (_title, pair, given, reference) => {
    expect(referenceFor(pair, anOrder(), given)).toBe(reference)
  })

  it('is none when the pair’s pattern reads back another number, or no number', () => {
    const other = aPair({ settings: { reference: '^PO-(?<number>\\d+)$' } })
    expect(referenceFor(other, anOrder(), [])).toBeNull()
    expect(referenceFor(other, anOrder(), examples('900'))).toBeNull()
  })

  it('learns from live ERP orders that name an order of this shop', () => {
    const store = aStore()
    keep(store, 'shop', 'orders', [anOrder({ number: '900' }), anOrder({ number: '901' })])
    keep(store, 'erp', 'orders', [
      anErpOrder({ id: 'a', references: ['by phone', '900'] }),
      anErpOrder({ id: 'b', references: ['901'], state: 'cancelled' }),
      anErpOrder({ id: 'c', references: ['902'] }),
      anErpOrder({ id: 'd', references: [] }),
    ])
    expect(examplesOf(store, aPair()).map((one) => [one.order.id, one.number])).toEqual([['a', '900']])
    store.close()
  })
})

describe('the key of a replay', () => {
  it('is the same however an installation names its connections and pairs', () => {
    const ours = keyOf('medusa', aPair(), anOrder())
    const theirs = keyOf('medusa', aPair({ id: 'main', shop: 'webshop', erp: 'tryton' }), anOrder())
    expect([ours, theirs]).toEqual(['medusa:order_1001', 'medusa:order_1001'])
  })

  it('tells orders, platforms and stores apart', () => {
    const store = aPair({ settings: { store: 'WEB' } })
    const keys = [
      keyOf('medusa', aPair(), anOrder()),
      keyOf('medusa', aPair(), anOrder({ number: '1002' })),
      keyOf('woo', aPair(), anOrder()),
      keyOf('woo', store, anOrder()),
      keyOf('woo', aPair(), anOrder({ store: 'outlet' })),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })
})
