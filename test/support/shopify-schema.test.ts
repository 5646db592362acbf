import { isObjectType } from 'graphql'
import { expect, it } from 'vitest'
import { shopifySchema, shopifySchemaMissing } from './shopify-schema.ts'

it.skipIf(shopifySchemaMissing)('knows what an order has, and what makes a write happen once', () => {
  const schema = shopifySchema()
  const order = schema.getType('Order')
  expect(isObjectType(order) && String(order.getFields()['currentTotalPriceSet']?.type)).toBe('MoneyBag!')
  expect(schema.getDirective('idempotent')?.args.map((arg) => String(arg.type))).toEqual(['String!'])
})
