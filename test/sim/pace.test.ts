/** How long a rule may have to wait for what it looks at: by the connectors, never by a table of its own. */
import { describe, expect, it } from 'vitest'
import { minutes } from '../../src-main/domain/time.ts'
import { connectorFor } from '../../src-main/engine/connectors/registry.ts'
import { catalogue } from '../../src-main/engine/reconcile/registry.ts'
import { paceOf } from './pace.ts'

function paced(shop: string, erp: string): (rule: string, key?: string) => number {
  const [sells, books] = [connectorFor(shop), connectorFor(erp)]
  if (sells === null || books === null) throw new Error('no such connector')
  return paceOf({ shop: sells, erp: books }, 60)
}

describe('how often what a rule looks at is read', () => {
  const pace = paced('shopify', 'odoo')

  it.each([
    ['F02-paid-order-missing', 1],
    ['F07-shipped-not-told', 1],
    ['F10-unmapped-market', 1],
    ['F06-invoice-missing', 10],
    ['F05-invoice-tax-differs', 10],
    ['F04-duplicate-customer', 60],
    ['F08-sku-unknown', 60],
    ['F12-connection-blind', 1],
  ])('is for %s the slowest pace among its streams', (rule, times) => {
    expect(pace(rule)).toBe(minutes(times))
  })

  it('is for what is said of a stream its own pace', () => {
    expect(['orders', 'invoices', 'products'].map((stream) => pace('F11-stream-stale', stream))).toEqual([minutes(1), minutes(10), minutes(60)])
  })

  it('is known of every rule there is, and with every pair of platforms', () => {
    for (const [shop, erp] of [['shopify', 'odoo'], ['medusa', 'tryton']] as const) {
      const of = paced(shop, erp)
      for (const rule of catalogue.keys()) expect(of(rule)).toBeGreaterThanOrEqual(minutes(1))
    }
  })
})
