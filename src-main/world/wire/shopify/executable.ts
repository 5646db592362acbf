/** The schema with its answers: who may ask for what is settled before a field is answered. */
import {
  GraphQLError,
  buildASTSchema,
  isInterfaceType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'
import { accessTo, requireAccess } from './access.ts'
import { buyerResolvers } from './resolvers/buyers.ts'
import { discountResolvers } from './resolvers/discounts.ts'
import { fulfillmentOrderResolvers } from './resolvers/fulfillment-orders.ts'
import { goodsResolvers } from './resolvers/goods.ts'
import { lineResolvers } from './resolvers/lines.ts'
import { orderResolvers } from './resolvers/orders.ts'
import { orderWrites } from './resolvers/order-writes.ts'
import { metafieldFields } from './resolvers/owners.ts'
import { parcelWrites } from './resolvers/parcel-writes.ts'
import { paymentResolvers } from './resolvers/payments.ts'
import { payoutResolvers } from './resolvers/payouts.ts'
import { NodeOf, queryResolvers } from './resolvers/query.ts'
import { returnResolvers } from './resolvers/returns.ts'
import { shopResolvers } from './resolvers/shop.ts'
import { stockWrites } from './resolvers/stock-writes.ts'
import { taxResolvers } from './resolvers/taxes.ts'
import { bulkWrites } from './bulk/writes.ts'
import { connections } from './schema/connections.ts'
import { orders } from './schema/orders.ts'
import { payments } from './schema/payments.ts'
import { payouts } from './schema/payouts.ts'
import { returns } from './schema/returns.ts'
import { roots } from './schema/roots.ts'
import { shop } from './schema/shop.ts'
import { stock } from './schema/stock.ts'
import { ageOf, schemaOf } from './schema/versions.ts'
import { writes } from './schema/writes.ts'
import type { Asking } from './asking.ts'

type Answer = GraphQLFieldResolver<unknown, Asking>

const newest = '2026-07'

export const sdl = [roots, orders, payments, payouts, returns, stock, shop, writes, connections].join('\n')

/** The one typed door between the resolvers, each of which knows its own source, and a library that knows none. */
const answers = {
  ...buyerResolvers,
  ...discountResolvers,
  ...goodsResolvers,
  ...lineResolvers,
  ...orderResolvers,
  ...metafieldFields,
  ...fulfillmentOrderResolvers,
  ...paymentResolvers,
  ...payoutResolvers,
  ...queryResolvers,
  ...returnResolvers,
  ...shopResolvers,
  ...taxResolvers,
  InventoryChange: stockWrites.InventoryChange,
  InventoryAdjustmentGroup: stockWrites.InventoryAdjustmentGroup,
  Mutation: { ...stockWrites.Mutation, ...orderWrites.Mutation, ...parcelWrites.Mutation, ...bulkWrites.Mutation },
} as unknown as Readonly<Record<string, Readonly<Record<string, Answer>>>>

const made = new Map<number, GraphQLSchema>()

/** Of a version that the shop serves; left out: of the newest. */
export function executableSchema(version = newest): GraphQLSchema {
  const age = ageOf(version)
  const known = made.get(age) ?? make(version)
  made.set(age, known)
  return known
}

function make(version: string): GraphQLSchema {
  const schema = buildASTSchema(schemaOf(sdl, version))
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) {
      type.resolveType = (value: unknown) => (value instanceof NodeOf ? value.type : typeNameOf(value))
    }
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields())) {
      const answer = answers[type.name]?.[field.name] ?? propertyOf
      const needed = accessTo(type.name, field)
      field.resolve =
        needed === null
          ? unwrapped(answer)
          : unwrapped((source, args, asking, info) => {
              requireAccess(needed, field.name, asking)
              return answer(source, args, asking, info)
            })
    }
  }
  return schema
}

function unwrapped(answer: Answer): Answer {
  return (source, args, asking, info) => {
    refuseLongLists(args)
    return answer(source instanceof NodeOf ? source.row : source, args, asking, info)
  }
}

/** A property, or what a function of that name makes when it is asked for. */
function propertyOf(
  source: unknown,
  _args: unknown,
  _asking: Asking,
  { fieldName }: { readonly fieldName: string },
): unknown {
  if (typeof source !== 'object' || source === null) return undefined
  const value: unknown = Reflect.get(source, fieldName)
  return typeof value === 'function' ? value() : value
}

function typeNameOf(value: unknown): string | undefined {
  const name: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, '__typename') : undefined
  return typeof name === 'string' ? name : undefined
}

const listMax = 250

/** "Input arguments that accept an array have a maximum size of 250." (shopify.dev, API limits) */
function refuseLongLists(given: unknown): void {
  if (typeof given !== 'object' || given === null) return
  if (Array.isArray(given) && given.length > listMax) {
    throw new GraphQLError(
      `The input array size of ${given.length} is greater than the maximum allowed of ${listMax}.`,
      {
        extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
      },
    )
  }
  for (const value of Object.values(given)) refuseLongLists(value)
}
