/** The simulated shop behind HTTP, and our connector at its door. */
import { onTestFinished } from 'vitest'
import { shopify } from '../../../../src-main/engine/connectors/shopify/index.ts'
import type { Shop } from '../../../../src-main/world/shop/shop.ts'
import { shopifyServer } from '../../../../src-main/world/wire/shopify/server.ts'
import { openTestApi } from '../../../support/api.ts'
import { scriptPlatform } from '../../../support/platform.ts'
import { noon } from '../../shop/a-shop.ts'
import { everyScope } from './a-server.ts'

/** Plumbline's own connector over HTTP before the simulated shop, whose clock it shares. */
export async function connected<S extends { readonly shop: Shop }>(sample: S, scopes: readonly string[] = everyScope, startsAt: number = noon) {
  let opened: ReturnType<typeof openTestApi> | null = null
  const now = (): number => opened?.clock.now() ?? startsAt
  let server: ReturnType<typeof shopifyServer> | null = null
  const platform = await scriptPlatform({
    now,
    answer(request) {
      const reply = server?.({
        method: request.method,
        path: request.path,
        body: request.body === null ? '' : JSON.stringify(request.body),
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, held]) => [name, String(held)])),
      })
      return reply?.kind === 'answer' ? { status: reply.status, headers: reply.headers, text: reply.body } : null
    },
  })
  onTestFinished(() => platform.close())
  server = shopifyServer({
    shop: sample.shop,
    now,
    origin: platform.url,
    accessTokens: { token: scopes },
    bulkRowsPerSecond: 500,
  })
  const settings = { shop: platform.url, orderNumber: 'name', currency: 'shop' as const }
  opened = openTestApi({ connector: shopify, settings, secrets: { accessToken: 'token' }, at: startsAt + 60 * 60 * 1000 })
  return { ...sample, ...opened, platform, settings }
}
