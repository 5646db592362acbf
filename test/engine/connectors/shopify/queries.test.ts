/** Every question that is sent to Shopify: valid by its real schema, and cheap enough to be let in. */
import { parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { type Document, sizes } from '../../../../src-main/engine/connectors/shopify/document.ts'
import { inCustomersMoney } from '../../../../src-main/engine/connectors/shopify/customers-money.ts'
import * as orderQueries from '../../../../src-main/engine/connectors/shopify/order-queries.ts'
import * as parcelQueries from '../../../../src-main/engine/connectors/shopify/parcel-queries.ts'
import * as queries from '../../../../src-main/engine/connectors/shopify/queries.ts'
import { shopifySchema, shopifySchemaMissing } from '../../../support/shopify-schema.ts'
import { costOf } from './cost.ts'

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'text' in value
}

const documents = Object.values({ ...orderQueries, ...queries, ...parcelQueries }).filter(isDocument)

/** As many ids as the connector asks for at once. */
const idsOf: Readonly<Record<string, number>> = {
  OrderBodies: sizes.orders,
  RefundBodies: sizes.refunds,
  FulfilmentBodies: sizes.fulfilments,
  OpenWork: sizes.work,
  VariantNodes: 100,
  CustomerNodes: 100,
}

function problemsIn(text: string): readonly string[] {
  return validate(shopifySchema(), parse(text)).map((problem) => problem.message)
}

describe.skipIf(shopifySchemaMissing)('every question to Shopify', () => {
  it('is among those that are tested', () => {
    expect(documents.length).toBeGreaterThan(20)
    expect(new Set(documents.map((one) => one.name)).size).toBe(documents.length)
  })

  it.each(documents)('$name is valid by the real schema', ({ text }) => {
    expect(problemsIn(text)).toEqual([])
  })

  it.each(documents)('$name is valid in the customer’s money, too, and costs the same', ({ name, text }) => {
    const worded = inCustomersMoney(text)
    const ids = Array.from({ length: idsOf[name] ?? 0 }, (_, index) => String(index))
    expect([problemsIn(worded), costOf(parse(worded), { ids })]).toEqual([[], costOf(parse(text), { ids })])
    expect(worded).not.toMatch(/\{ shopMoney \{/)
  })

  it.each(documents)('$name asks for at most a thousand points', ({ name, text }) => {
    const ids = Array.from({ length: idsOf[name] ?? 0 }, (_, index) => String(index))
    expect(/\$ids/.test(text)).toBe(ids.length > 0)
    const cost = costOf(parse(text), { ids })
    expect(cost).toBeGreaterThan(0)
    expect(cost).toBeLessThanOrEqual(1000)
  })

  it.each([null, { namespace: 'custom', key: 'erp-number' }])(
    'an export is valid by the real schema, with at most five connections, two deep, and none inside a list (%o)',
    (field) => {
      const text = orderQueries.exportedOrders("updated_at:>='2026-01-01T00:00:00Z'", field)
      expect(problemsIn(text)).toEqual([])
      const connections = text.match(/\w+(?:\([^)]*\))? \{ edges/g) ?? []
      expect(connections).toHaveLength(4)
      expect(text).not.toMatch(/(?:refunds|fulfillments|transactions) \{[^}]*edges/)
    },
  )

  it('asks for no name, street or telephone number of a buyer', () => {
    const words =
      /\b(?:firstName|lastName|displayName|phone|address1|address2|zip|city|note|clientIp)\b/
    const asked = documents.filter(({ name }) => !name.startsWith('Variant'))
    expect(asked.filter(({ text }) => words.test(text)).map(({ name }) => name)).toEqual([])
  })

  it('is a reading one, but for the stock figure, which carries its key, and the parcel, which can have none', () => {
    expect(documents.filter((one) => one.writes).map((one) => one.name)).toEqual(['SetStock', 'TellParcel'])
    expect(queries.setStock.text).toContain('@idempotent(key: $key)')
  })
})

describe.skipIf(shopifySchemaMissing)('the cost of a question', () => {
  it('counts objects, sizes connections by their rows, and takes the dearest of several types', () => {
    const cost = (text: string): number => costOf(parse(text))
    expect(cost('{ shop { name } }')).toBe(1)
    expect(cost('{ orders(first: 10) { pageInfo { hasNextPage } nodes { id } } }')).toBe(12)
    expect(cost('{ orders(first: 10) { nodes { totalPriceSet { shopMoney { amount } } } } }')).toBe(
      32,
    )
    expect(
      cost('{ node(id: "x") { ... on Order { customer { id } } ... on Refund { id } } }'),
    ).toBe(2)
  })
})
