/** How often what a rule looks at is read: by the connectors' own paces, as the poller keeps them. */
import type { StreamName } from '../../src-main/domain/records.ts'
import type { Span } from '../../src-main/domain/time.ts'
import type { AnyConnector } from '../../src-main/engine/connectors/definition.ts'
import { periodOf } from '../../src-main/engine/poll/due.ts'
import { catalogue } from '../../src-main/engine/reconcile/registry.ts'
import type { Lenses } from '../../src-main/engine/reconcile/rule.ts'

type Side = 'shop' | 'erp'
export type Looks = Readonly<Partial<Record<Side, readonly StreamName[]>>>

const orders: Looks = { shop: ['orders'], erp: ['orders'] }

/** What each lens gathers from; a lens that is not named looks at what the engine itself notes. */
const byLens: Readonly<Partial<Record<keyof Lenses, Looks>>> = {
  order: orders,
  chain: orders,
  stock: { shop: ['stock', 'orders'], erp: ['stock', 'orders'] },
  stockFlow: { shop: ['stock', 'orders'], erp: ['stock', 'orders'] },
  flow: orders,
  documentFlow: { shop: ['orders', 'fulfilments'], erp: ['orders', 'shipments', 'invoices'] },
  invoice: { shop: ['orders'], erp: ['orders', 'invoices'] },
  product: { shop: ['products'], erp: ['products'] },
  // a customer's doubles are the ERP's, and so is what it is billed by
  customer: { erp: ['customers'] },
}

const invoices: Looks = { shop: ['orders'], erp: ['orders', 'invoices'] }
const creditNotes: Looks = { shop: ['orders'], erp: ['orders', 'credit-notes'] }
const parcels: Looks = { shop: ['orders', 'fulfilments'], erp: ['orders', 'shipments'] }

/** Rules over a chain need those of its documents that they compare, and no others; of a product its orders may tell. */
const byRule: Readonly<Record<string, Looks>> = {
  'F02-order-stuck': { shop: ['orders'], erp: ['orders', 'shipments'] },
  'F02-paid-state-differs': invoices,
  'F05-refund-tax-differs': creditNotes,
  'F06-invoice-missing': { shop: ['orders'], erp: ['orders', 'shipments', 'invoices'] },
  'F06-refund-without-credit-note': creditNotes,
  'F06-credit-note-differs': creditNotes,
  'F07-refund-not-told': creditNotes,
  'F07-shipped-not-told': parcels,
  'F07-shipped-only-in-shop': parcels,
  'F07-tracking-missing': parcels,
  'F07-tracking-differs': parcels,
  'F08-tax-code-differs': { shop: ['products', 'orders'], erp: ['products', 'orders'] },
}

export function looksOf(rule: string): Looks {
  return byRule[rule] ?? byLens[catalogue.get(rule)?.over ?? 'order'] ?? {}
}

/** The streams that a rule looks at, of either side. */
export function streamsOf(rule: string): readonly StreamName[] {
  const { shop = [], erp = [] } = looksOf(rule)
  return [...shop, ...erp]
}

/** How long what a rule needs may go unread while all is well: the longest of its streams' periods, and of a stream that it speaks of itself. */
export function paceOf(connectors: Readonly<Record<Side, AnyConnector>>, pollSeconds: number): (rule: string, key?: string) => Span {
  return (rule, key) => {
    const looks = looksOf(rule)
    const itself = catalogue.get(rule)?.over === 'stream' ? Object.values(connectors).flatMap(({ streams }) => streams.filter((one) => one.emits.some((name) => name === key))) : []
    const periods = (['shop', 'erp'] as const).flatMap((side) =>
      (looks[side] ?? []).map((stream) => {
        const read = connectors[side].streams.find((one) => one.emits.includes(stream))
        if (read === undefined) throw new Error(`${connectors[side].id} reads no ${stream}, which ${rule} looks at`)
        return periodOf(read.pace, pollSeconds)
      }),
    )
    return Math.max(periodOf('near-real-time', pollSeconds), ...periods, ...itself.map(({ pace }) => periodOf(pace, pollSeconds)))
  }
}
