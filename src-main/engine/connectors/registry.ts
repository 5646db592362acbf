/** Which platforms the engine can talk to: one line a platform. */
import type { AnyConnector } from './definition.ts'
import { medusa } from './medusa/index.ts'
import { odoo } from './odoo/index.ts'
import { shopify } from './shopify/index.ts'
import { tryton } from './tryton/index.ts'

export const connectors: ReadonlyMap<string, AnyConnector> = new Map<string, AnyConnector>([
  [medusa.id, medusa],
  [odoo.id, odoo],
  [shopify.id, shopify],
  [tryton.id, tryton],
])

/** Null where no connector has that name. */
export function connectorFor(platform: string): AnyConnector | null {
  return connectors.get(platform) ?? null
}
