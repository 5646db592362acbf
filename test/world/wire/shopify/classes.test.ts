/** What the simulated Shopify refuses, as our connector sorts it. */
import { describe, expect, it } from 'vitest'
import type { FaultClass } from '../../../../src-main/domain/fault.ts'
import { faultOf } from '../../../../src-main/engine/connectors/shopify/faults.ts'
import { aServer, everyScope, type Client } from './a-server.ts'

const adjust = `mutation ($input: InventoryAdjustQuantitiesInput!) {
  inventoryAdjustQuantities(input: $input) @idempotent(key: "one") { userErrors { code } } }`

const contentType = 'application/json; charset=utf-8'

describe('a refusal of Shopify', () => {
  it.each<[string, (client: Client) => unknown, FaultClass, RegExp]>([
    [
      'of what the app may not read',
      ({ ask }) => ask('{ orders(first: 1) { nodes { id } } }'),
      'permission',
      /read_orders access scope/,
    ],
    [
      'of what the app may not write',
      ({ ask, mug, vienna }) =>
        ask(adjust, {
          input: {
            name: 'available',
            reason: 'correction',
            changes: [
              {
                inventoryItemId: `gid://shopify/InventoryItem/${mug}`,
                locationId: `gid://shopify/Location/${vienna}`,
                delta: 1,
                changeFromQuantity: 100,
              },
            ],
          },
        }),
      'permission',
      /write_inventory access scope/,
    ],
    ['of a field that there is not', ({ ask }) => ask('{ shop { nmae } }'), 'validation', /Update Plumbline/],
    ['of an id that is none', ({ ask }) => ask('{ product(id: "1001") { id } }'), 'validation', /Update Plumbline/],
    ['of a page that is too long', ({ ask }) => ask('{ products(first: 251) { nodes { id } } }'), 'validation', /Update Plumbline/],
    [
      'of a variable of another kind',
      ({ ask }) => ask('query ($n: Int!) { products(first: $n) { nodes { id } } }', { n: 'ten' }),
      'validation',
      /Update Plumbline/,
    ],
    [
      'of a question that is too dear',
      ({ ask }) => ask('{ products(first: 250) { nodes { variants(first: 50) { nodes { id } } } } }'),
      'validation',
      /too big/,
    ],
    ['to answer so much at once', emptied, 'rate-limited', /slow down/],
  ])('%s is told in a class of its own', (_what, refused, expected, says) => {
    const client = aServer({ accessTokens: { token: everyScope.filter((scope) => !/^(?:read_orders|write_orders|read_all_orders|write_inventory)$/.test(scope)) } })
    expect(faultOf({ status: 200, json: asRead(refused(client)), contentType })).toMatchObject({
      class: expected,
      says: expect.stringMatching(says),
    })
  })

  it.each([
    ['frozen', 402],
    ['locked', 423],
  ] as const)('to serve a %s shop is one to ask its owner about', (state, status) => {
    const reply = aServer({ state: () => state }).send({ body: '{}' })
    expect(reply.status).toBe(status)
    expect(faultOf({ status, json: asRead(JSON.parse(reply.body)), contentType })?.class).toBe('permission')
  })
})

/** Asks until the bucket holds no more. */
function emptied({ ask }: Client): unknown {
  const query = '{ products(first: 100) { nodes { id variants(first: 5) { nodes { id } } } } }'
  for (let count = 0; count < 1000; count += 1) {
    const answer = ask(query)
    if (answer.errors !== undefined) return answer
  }
  throw new Error('The bucket has no bottom.')
}

/** As the connector's transport hands bodies on: figures are texts. */
function asRead(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (_key, value: unknown) => (typeof value === 'number' ? String(value) : value))
}
