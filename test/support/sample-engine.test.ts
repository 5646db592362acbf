/** The sample engine keeps to the contract in every mood, so that screens are never built on answers that cannot come. */
import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { sampleEngine } from './sample-engine.ts'
import { moods } from './sample/scene.ts'

const everything = { states: null, severities: null, rule: null, search: null, limit: 200, offset: 0 }

describe.each(moods)('in the mood %s', (mood) => {
  const client = createRouterClient(sampleEngine({ mood }).router)

  it('answers every question as the contract says', async () => {
    const answers = await Promise.all([
      client.engine.about(),
      client.overview.get({ pair: null }),
      client.connections.platforms(),
      client.connections.list(),
      client.pairs.list(),
      client.pairs.tryReference({ shop: 'a', erp: 'b', reference: '(?<store>\\w+)-(?<number>NL-\\d+)', store: 'EU' }),
      client.pairs.choices({ shop: 'a', erp: 'b' }),
      client.replays.list({ limit: 50, offset: 0 }),
      client.settings.get(),
      client.audit.list({ limit: 100, before: null }),
      client.notices.pending(),
    ])
    expect(answers).toHaveLength(11)
  })

  it('answers about stock, tax, products and customers, and can open whatever it lists of them', async () => {
    const pair = 'nordlicht'
    await Promise.all([client.stock.about({ pair }), client.products.records({ pair })])
    const shelves = await client.stock.list({ pair, filter: { standing: 'all', location: null, search: null }, sort: 'worst', limit: 200, cursor: null })
    for (const { sku, location } of shelves.rows.slice(0, 40)) expect((await client.stock.one({ pair, sku, location })).sku).toBe(sku)
    const { whole } = await client.tax.get({ pair })
    for (const { currency } of whole) {
      const { rows } = await client.tax.orders({ pair, currency, only: null, limit: 50, cursor: null })
      for (const { number } of rows) expect((await client.tax.order({ pair, number })).number).toBe(number)
    }
    const products = await client.products.list({ pair, filter: { only: 'all', search: null }, limit: 100, cursor: null })
    for (const { sku } of products.rows) expect((await client.products.one({ pair, sku })).sku).toBe(sku)
    const customers = await client.customers.list({ pair, limit: 50, cursor: null })
    for (const cluster of customers.rows) for (const { id } of cluster.customers) expect((await client.customers.one({ pair, id })).customer.id).toBe(id)
    expect(shelves.rows.length > 0).toBe(mood !== 'empty' && mood !== 'unread')
  })

  it('can open every incident that it lists, and preview its repair', async () => {
    const { rows } = await client.incidents.list(everything)
    for (const row of rows) {
      expect((await client.incidents.get({ id: row.id })).id).toBe(row.id)
      if (row.repair !== null) expect((await client.replays.preview({ incident: row.id, action: row.repair })).kind).toMatch(/ready|healed|refused/)
    }
    expect(rows.length > 0).toBe(mood === 'busy' || mood === 'stale' || mood === 'blind')
  })
})
