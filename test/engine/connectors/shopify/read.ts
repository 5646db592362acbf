/** Opens Shopify for a test, and reads a stream of it to its end. */
import type { Outcome } from '../../../../src-main/domain/fault.ts'
import type { DomainRecord, Order } from '../../../../src-main/domain/records.ts'
import type { Api, Page } from '../../../../src-main/engine/connectors/definition.ts'
import { shopify } from '../../../../src-main/engine/connectors/shopify/index.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { type Shop, aShop, accessToken, playShopify } from './platform.ts'
import { shopNow } from './shop.ts'

type StreamRead = 'orders' | 'stock' | 'products' | 'customers' | 'payouts'

export interface OpenShop extends ReturnType<typeof openTestApi> {
  readonly platform: ScriptedPlatform
  readonly settings: { readonly shop: string; readonly orderNumber: string; readonly currency: 'shop' | 'customer' }
}

export async function openShop(given: Partial<Shop> = {}, orderNumber = 'name'): Promise<OpenShop> {
  const platform = await playShopify(aShop(given))
  const settings = { shop: platform.url, orderNumber, currency: 'shop' as const }
  const opened = openTestApi({
    connector: shopify,
    settings,
    secrets: { accessToken },
    at: shopNow,
  })
  return { platform, settings, ...opened }
}

export function streamOf(name: StreamRead) {
  const stream = shopify.streams.find((one) => one.name === name)
  if (stream === undefined) throw new Error(`no ${name}`)
  return stream
}

export async function pagesOf(
  { api, settings }: { readonly api: Api; readonly settings: OpenShop['settings'] },
  name: StreamRead,
  from: unknown = null,
  since: number | null = null,
): Promise<readonly Page[]> {
  const pages: Page[] = []
  let cursor = from
  do {
    if (pages.length > 200) throw new Error(`${name} has no end`)
    const page = value(await streamOf(name).read(api, cursor, { settings, since }))
    pages.push(page)
    cursor = page.next
  } while (cursor !== null)
  return pages
}

export function recordsIn(
  name: StreamRead,
  rows: readonly unknown[],
  orderNumber = 'name',
): readonly DomainRecord[] {
  const stream = streamOf(name)
  return rows.flatMap((row) => stream.normalise(stream.raw.parse(row), { shop: '', orderNumber, currency: 'shop' }))
}

export function ordersIn(records: readonly DomainRecord[]): readonly Order[] {
  return records.flatMap((record) => (record.kind === 'order' ? [record] : []))
}

/** The named questions that were asked, in their order. */
export function askedOf(platform: ScriptedPlatform): readonly string[] {
  return platform.seen.flatMap(
    (request) => /(?:query|mutation) (\w+)/.exec(JSON.stringify(request.body))?.[1] ?? [],
  )
}

export function value<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.fault.class}: ${outcome.fault.says} (${outcome.fault.detail})`)
}
