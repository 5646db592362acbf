/** "Test connection" for Shopify: goes the way a poll goes, step by step, and says what each missing right means. */
import { z } from 'zod'
import { type Fault, type Outcome, ok } from '../../../domain/fault.ts'
import { clockStep } from '../clock-step.ts'
import type { Api, Check } from '../definition.ts'
import { ask } from './graphql.ts'
import { newestOrders, shopQuery } from './queries.ts'
import { type Settings, apiVersion, statedNumber } from './settings.ts'
import { readLocations } from './stock.ts'
import { tellScope } from './tell.ts'
import { namedRow, scopes } from './wire.ts'

type Step = Check['steps'][number]

/** What each right is for, in the order a person would miss it. A right to write holds the one to read. */
const rights: readonly {
  readonly scope: string
  /** An older one that holds it. */
  readonly or?: string
  readonly without: string
  readonly state: Step['state']
}[] = [
  { scope: 'read_orders', without: 'no order can be read', state: 'failed' },
  { scope: 'read_products', without: 'no product or SKU can be read', state: 'failed' },
  { scope: 'read_inventory', without: 'no stock can be read', state: 'failed' },
  { scope: 'read_locations', without: 'stock cannot be told apart by location', state: 'failed' },
  {
    scope: 'read_customers',
    without: 'customers cannot be read, nor the tax numbers of companies',
    state: 'warning',
  },
  {
    scope: 'read_returns',
    without: 'what came back by a return is not known, and not compared',
    state: 'warning',
  },
  {
    scope: 'read_all_orders',
    without: 'orders older than 60 days are not seen, and nothing is said about them',
    state: 'warning',
  },
  {
    scope: 'read_merchant_managed_fulfillment_orders',
    without: 'the promised day of a pre-order is not seen, and it is due like any other order',
    state: 'warning',
  },
  {
    scope: 'read_shopify_payments_accounts',
    or: 'read_shopify_payments',
    without: 'when cards are paid out by Shopify Payments is not seen',
    state: 'warning',
  },
  {
    scope: 'read_shopify_payments_payouts',
    or: 'read_shopify_payments',
    without: 'what each payout of Shopify Payments holds is not seen',
    state: 'warning',
  },
]

/** What only repairs need: whoever only watches does well without. */
const writes = [
  { scope: 'write_inventory', without: 'no stock can be corrected' },
  { scope: tellScope, without: 'no parcel can be marked as sent' },
] as const

const shopShape = z.object({
  shop: z.object({ name: z.string(), myshopifyDomain: z.string(), currencyCode: z.string() }),
  currentAppInstallation: scopes,
  publicApiVersions: z.array(z.object({ handle: z.string(), supported: z.boolean() })),
})

export async function check(api: Api, settings: Settings): Promise<Outcome<Check>> {
  const steps: Step[] = []
  const shop = await ask(api, shopQuery, {}, shopShape)
  steps.push(...reachSteps(shop.ok ? null : shop.fault, shop.ok ? shop.value.data.shop : null))
  if (!shop.ok)
    return ok({ steps, clockOffsetMs: api.clockOffsetMs(), locations: [], channels: [] })
  const { currentAppInstallation: granted, publicApiVersions: versions } = shop.value.data
  steps.push(versionStep(versions), ...rightSteps(granted), writeStep(granted))

  const orders = await ask(
    api,
    newestOrders,
    {},
    z.object({
      orders: z.object({ nodes: z.array(namedRow.extend({ sourceName: z.string().nullable() })) }),
    }),
  )
  steps.push(
    orders.ok
      ? numbersStep(orders.value.data.orders.nodes, settings)
      : failedStep('Read orders', orders.fault),
  )
  const locations = await readLocations(api)
  steps.push(
    locations.ok
      ? {
          title: 'Read locations',
          state: 'ok',
          says: `${counted(locations.value.length, 'location')} can be read.`,
        }
      : failedStep('Read locations', locations.fault),
  )
  steps.push(clockStep('Shopify', api.clockOffsetMs()))
  const channels = orders.ok
    ? orders.value.data.orders.nodes.flatMap((one) => one.sourceName ?? [])
    : []
  return ok({
    steps,
    clockOffsetMs: api.clockOffsetMs(),
    locations: locations.ok
      ? locations.value.filter((one) => one.isActive).map((one) => one.name)
      : [],
    channels: [...new Set(channels)].sort(),
  })
}

/** The first answer tells two things apart: whether there is a server, and whether it lets us in. */
function reachSteps(
  because: Fault | null,
  shop: z.output<typeof shopShape>['shop'] | null,
): Step[] {
  const reached: Step = { title: 'Reach the shop', state: 'ok', says: 'Shopify answers.' }
  if (because === null)
    return [
      reached,
      {
        title: 'Log in',
        state: 'ok',
        says: `Logged in to ${shop?.name ?? 'the shop'}, whose books are in ${shop?.currencyCode ?? '?'}.`,
      },
    ]
  if (because.class === 'credentials' || because.class === 'permission')
    return [reached, failedStep('Log in', because)]
  return [failedStep('Reach the shop', because)]
}

/** Shopify serves its oldest supported version in place of one that has run out, and says nothing but in a header. */
function versionStep(
  versions: readonly { readonly handle: string; readonly supported: boolean }[],
): Step {
  const title = 'Compare versions'
  const ours = versions.find((one) => one.handle === apiVersion)
  if (ours?.supported === true)
    return {
      title,
      state: 'ok',
      says: `Shopify serves version ${apiVersion}, which Plumbline was made for.`,
    }
  const says = `Shopify does not support version ${apiVersion} any more and answers as a later one, so figures may mean something else. Update Plumbline.`
  return { title, state: 'warning', says }
}

function rightSteps(granted: ReadonlySet<string>): Step[] {
  const missing = rights.filter(
    ({ scope, or }) => [scope, scope.replace('read_', 'write_'), ...(or === undefined ? [] : [or])].every((each) => !granted.has(each)),
  )
  if (missing.length === 0)
    return [{ title: 'Rights', state: 'ok', says: 'The app may read all that is needed.' }]
  return missing.map(({ scope, without, state }) => ({
    title: `Right ${scope}`,
    state,
    says: `The app lacks ${scope}: ${without}. Add it to the app’s scopes in Shopify and install the app anew.`,
  }))
}

function writeStep(granted: ReadonlySet<string>): Step {
  const missing = writes.filter(({ scope }) => !granted.has(scope))
  const says =
    missing.length === 0
      ? 'The app may correct stock and mark parcels as sent.'
      : `The app lacks ${missing.map(({ scope, without }) => `${scope} (${without})`).join(' and ')}. That is enough to watch; a repair needs it among the app’s scopes.`
  return { title: 'Write (only for repairs)', state: 'ok', says }
}

function numbersStep(rows: readonly z.output<typeof namedRow>[], { orderNumber }: Settings): Step {
  const title = 'Read orders'
  const [newest] = rows
  if (newest === undefined)
    return { title, state: 'ok', says: 'Orders can be read; there are none yet.' }
  // the metafield is not asked for here: whether it is filled shows with the first orders that are read
  if (orderNumber.startsWith('metafield.'))
    return { title, state: 'ok', says: `Orders can be read, the newest is ${newest.name}.` }
  const missing = rows.filter((row) => statedNumber(row, orderNumber) === null).length
  if (missing > 0) {
    const says = `Orders can be read, but ${missing} of the newest ${rows.length} have no ${orderNumber}. Check which field holds the order number.`
    return { title, state: 'warning', says }
  }
  return {
    title,
    state: 'ok',
    says: `Orders can be read, the newest is ${statedNumber(newest, orderNumber) ?? ''}.`,
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function failedStep(title: string, because: Fault): Step {
  return { title, state: 'failed', says: because.says }
}
