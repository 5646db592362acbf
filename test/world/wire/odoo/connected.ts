/** Plumbline's own connector before the simulated Odoo of a version, over HTTP. */
import { onTestFinished } from 'vitest'
import { odoo } from '../../../../src-main/engine/connectors/odoo/index.ts'
import { odooServer } from '../../../../src-main/world/wire/odoo/server.ts'
import { openTestApi } from '../../../support/api.ts'
import { scriptPlatform } from '../../../support/platform.ts'
import { aScene, monday } from '../../erp/scene.ts'
import type { Version } from './caller.ts'

export const versions = [16, 17, 18, 19] as const satisfies readonly Version[]

export async function connected(version: Version, scene = aScene()) {
  let opened: ReturnType<typeof openTestApi> | null = null
  const now = (): number => opened?.clock.now() ?? monday
  const server = odooServer({ erp: scene.erp, version, now })
  const platform = await scriptPlatform({
    now,
    answer(request) {
      const reply = server({
        method: request.method,
        path: request.path,
        body: request.body === null ? '' : JSON.stringify(request.body),
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, held]) => [name, String(held)])),
      })
      return reply.kind === 'answer' ? { status: reply.status, headers: reply.headers, text: reply.body } : null
    },
  })
  onTestFinished(() => platform.close())
  const settings = odoo.settings.parse({ baseUrl: platform.url, database: 'acme', user: 'shop' })
  opened = openTestApi({ connector: odoo, settings, secrets: { apiKey: 'key' }, at: monday + 60 * 60 * 1000 })
  return { ...scene, ...opened, platform, settings }
}
