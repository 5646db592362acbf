/** The ERP of the tiny business: as tiny as the shop, or a simulated Odoo with the engine's own connector before it. */
import { recordSchema } from '../../../src-main/domain/records.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import type { AnyConnector } from '../../../src-main/engine/connectors/definition.ts'
import { connectorFor } from '../../../src-main/engine/connectors/registry.ts'
import { Decimal } from '../../../src-main/world/decimal.ts'
import { openErp } from '../../../src-main/world/erp/open-erp.ts'
import type { Server } from '../../../src-main/world/wire/exchange.ts'
import { crowded, roughCrowd } from '../../../src-main/world/wire/odoo/crowd.ts'
import { odooServer } from '../../../src-main/world/wire/odoo/server.ts'
import type { Manners } from '../../../src-main/world/wire/weather.ts'
import { anErpOrder } from '../../support/builders.ts'
import type { Standing } from '../stage.ts'
import { tinyBooks } from './books.ts'
import { tinyErp } from './connectors.ts'

export interface ErpSide {
  readonly connector: AnyConnector
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  /** `serverNow`: the server's own clock. `fraction`: what becomes of calls when others are at work. */
  serve(serverNow: () => Instant, fraction: () => number): Server
  readonly manners: Manners
  customer(email: string, at: Instant): void
  /** The integration enters an order of the shop. */
  enter(number: string, email: string, at: Instant): void
  standing(): readonly Standing[]
}

/** `at` is the business's own time. */
export type OpenErpSide = (at: () => Instant, startsAt: Instant, origin: string) => ErpSide

export const tinyManners: Manners = {
  writes: (request) => request.method === 'POST',
  streamOf: () => null,
  refuseKey: () => ({ kind: 'answer', status: 401, headers: {}, body: '{}' }),
}

export const tinySide: OpenErpSide = (at, _startsAt, origin) => {
  let made = 0
  const books = tinyBooks(at, (record) => {
    made += 1
    return { ...recordSchema.parse(JSON.parse(record)), id: `ours-${made}` }
  })
  let entered = 0
  return {
    connector: tinyErp,
    settings: { origin },
    secrets: {},
    serve: () => books.serve,
    manners: tinyManners,
    customer: () => undefined,
    enter(number, email, moment) {
      entered += 1
      books.put(anErpOrder({ id: `so-${entered}`, number: `SO${entered}`, references: [number], createdAt: moment, customerEmail: email }))
    },
    standing: () =>
      counted(
        [...books.rows.values()].flatMap(({ record }) =>
          record.kind === 'erp-order' ? [{ number: record.references[0] ?? '', isOurs: record.id.startsWith('ours-') }] : [],
        ),
      ),
  }
}

const monitorKey = 'simulated-monitor-key'

export const odooSide: OpenErpSide = (_at, startsAt, origin) => {
  const erp = openErp({ database: 'tiny', company: 'Tiny SARL', currency: 'EUR', rounding: 'round_per_line', at: startsAt })
  const integration = erp.addUser({ login: 'integration', name: 'Integration', apiKey: 'simulated-integration-key', mayWriteOrders: true }, startsAt)
  const monitor = erp.addUser({ login: 'monitor', name: 'Monitor', apiKey: monitorKey, mayWriteOrders: true }, startsAt)
  const warehouse = erp.addWarehouse('WH', 'Warehouse', startsAt)
  const tax = erp.addTax({ name: 'VAT20', amount: new Decimal(20), priceInclude: false }, startsAt)
  const mug = erp.addProduct(
    { defaultCode: 'MUG', barcode: null, name: 'Mug', uom: 'Units', packSize: 1, kind: 'goods', tracked: false, taxIds: [tax.id], listPrice: new Decimal('10.00'), active: true },
    integration.id,
    startsAt,
  )
  const partners = new Map<string, number>()
  return {
    connector: odooConnector(),
    settings: { baseUrl: `${origin}/`, database: 'tiny', user: 'monitor' },
    secrets: { apiKey: monitorKey },
    serve: (serverNow, fraction) => odooServer({ erp, version: 18, now: serverNow, interrupt: crowded(roughCrowd, fraction) }),
    manners: { ...tinyManners, writes: ({ body }) => /"(?:load|create|write|action_confirm)"/.test(body) },
    customer(email, at) {
      const partner = erp.addPartner(
        { name: email, email, vat: null, ref: null, parentId: null, companyType: 'person', countryCode: 'DE', active: true },
        integration.id,
        at,
      )
      partners.set(email, partner.id)
    },
    enter(number, email, at) {
      const draft = {
        partnerId: partners.get(email) ?? 0,
        clientOrderRef: number,
        dateOrder: at,
        currency: 'EUR',
        warehouseId: warehouse.id,
        lines: [{ productId: mug.id, quantity: new Decimal(2), priceUnit: new Decimal('10.00') }],
      }
      erp.confirm(erp.createSale(draft, integration.id, at).id, integration.id, at)
    },
    standing: () =>
      counted(
        [...erp.books.sales.all()]
          .filter((sale) => sale.state !== 'cancel')
          .map((sale) => ({ number: sale.clientOrderRef ?? '', isOurs: sale.createdBy === monitor.id })),
      ),
  }
}

function odooConnector(): AnyConnector {
  const connector = connectorFor('odoo')
  if (connector === null) throw new Error('the engine knows no Odoo')
  return connector
}

/** Documents that stand, by the shop's number. */
function counted(documents: readonly { readonly number: string; readonly isOurs: boolean }[]): readonly Standing[] {
  const counts = new Map<string, { count: number; byUs: number }>()
  for (const { number, isOurs } of documents) {
    const known = counts.get(number) ?? { count: 0, byUs: 0 }
    counts.set(number, { count: known.count + 1, byUs: known.byUs + (isOurs ? 1 : 0) })
  }
  return [...counts].map(([number, one]) => ({ number, ...one }))
}
