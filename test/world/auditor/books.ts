/** Reads both sides' books as an auditor would who has all keys and no idea of what was planted. */
import { type Decimal, sum, zero } from '../../../src-main/world/decimal.ts'
import type { Move, Picking, Sale, SaleLine } from '../../../src-main/world/erp/erp.ts'
import { figuresOf } from '../../../src-main/world/shop/figures.ts'
import type { Order } from '../../../src-main/world/shop/shop.ts'
import type { World } from '../../../src-main/world/world.ts'

export interface Finding {
  readonly rule: string
  readonly key: string
  readonly amount: Decimal | null
}

/** One order of the shop with all that stands for it in the ERP. */
export interface Chain {
  readonly order: Order
  readonly number: string
  readonly total: Decimal
  readonly tax: Decimal
  readonly captured: Decimal
  readonly refunded: Decimal
  /** In true time; null: nothing is due. */
  readonly dueAt: number | null
  readonly live: readonly Sale[]
  readonly cancelled: readonly Sale[]
  /** Its number, and nothing else of it. */
  readonly suspect: readonly Sale[]
  readonly lines: readonly SaleLine[]
  readonly pickings: readonly Picking[]
  readonly returns: readonly Picking[]
  readonly invoices: readonly Move[]
  readonly credits: readonly Move[]
}

export interface Reading {
  readonly world: World
  readonly now: number
  readonly chains: readonly Chain[]
  /** Numbers under the shop's own code that the shop never gave, with their live documents. */
  readonly strays: ReadonlyMap<string, readonly Sale[]>
  readonly salesByEmail: ReadonlyMap<string, readonly Sale[]>
}

const month = 30 * 86_400_000

export function readBooks(world: World, now: number): Reading {
  const pattern = new RegExp(world.agreement.reference, 'u')
  const numberOf = (sale: Sale): string | null => {
    const groups = pattern.exec(sale.clientOrderRef?.trim() ?? '')?.groups
    return groups?.['store'] === world.agreement.store ? (groups['number'] ?? null) : null
  }
  const byNumber = Map.groupBy([...world.erp.books.sales.all()], numberOf)
  const known = new Set([...world.shop.books.orders.all()].map((order) => String(order.number)))
  const strays = new Map<string, readonly Sale[]>()
  for (const [number, sales] of byNumber) {
    const live = sales.filter((sale) => sale.state !== 'cancel')
    if (number !== null && !known.has(number) && live.length > 0) strays.set(number, live)
  }
  const chains = [...world.shop.books.orders.all()].filter((order) => !order.test).map((order) => chainOf(world, order, byNumber.get(String(order.number)) ?? []))
  const unnamed = [...world.erp.books.sales.all()].filter((sale) => sale.state !== 'cancel' && (numberOf(sale) === null || !known.has(numberOf(sale) ?? '')))
  return { world, now, chains, strays, salesByEmail: Map.groupBy(unnamed, (sale) => emailOf(world, sale)) }
}

export function emailOf(world: World, sale: Sale): string {
  return world.erp.books.partners.get(sale.partnerId)?.email?.toLowerCase() ?? ''
}

function chainOf(world: World, order: Order, sales: readonly Sale[]): Chain {
  const { total, tax } = agreed(order)
  const believed = sales.filter((sale) =>
    emailOf(world, sale) === order.email?.toLowerCase() || sale.total.equals(total) || Math.abs(sale.createdAt - order.createdAt) < month)
  const live = believed.filter((sale) => sale.state !== 'cancel')
  const { books } = world.erp
  const lines = live.flatMap((sale) => sale.lineIds.map((id) => books.saleLines.must(id)))
  const moves = movesOf(world, believed.flatMap((sale) => sale.lineIds))
  const money = (kinds: readonly string[]): Decimal => sum(order.transactions
    .filter((one) => one.status === 'SUCCESS' && one.gateway !== 'gift_card' && kinds.includes(one.kind)).map((one) => one.amount))
  return {
    order, number: String(order.number), total, tax, live, lines,
    captured: money(['SALE', 'CAPTURE']), refunded: money(['REFUND']),
    dueAt: dueOf(world, order, total),
    cancelled: believed.filter((sale) => sale.state === 'cancel'),
    suspect: sales.filter((sale) => !believed.includes(sale) && sale.state !== 'cancel'),
    pickings: live.flatMap((sale) => books.find.pickingsOfSale(sale.id)),
    returns: live.flatMap((sale) => books.find.returnsOfSale(sale.id)),
    invoices: moves.filter((move) => move.moveType === 'out_invoice'),
    credits: moves.filter((move) => move.moveType === 'out_refund'),
  }
}

/** What the customer agreed to: edits are in it, refunds are not. */
export function agreed(order: Order): { readonly total: Decimal; readonly tax: Decimal } {
  const { total, tax } = figuresOf(order)
  const gone = sum(order.lines.map(({ removed }) => (order.taxesIncluded ? removed.subtotal : removed.subtotal.plus(removed.tax))))
  return { total: total.minus(gone), tax: tax.minus(sum(order.lines.map(({ removed }) => removed.tax))) }
}

function movesOf(world: World, lineIds: readonly number[]): readonly Move[] {
  const { books } = world.erp
  const billed = new Set(lineIds.flatMap((id) => books.find.moveLinesOfSaleLine(id)).map((line) => line.moveId))
  const notes = [...billed].flatMap((id) => books.find.creditsOfMove(id)).map((note) => note.id)
  return [...new Set([...billed, ...notes])].map((id) => books.moves.must(id)).toSorted((left, right) => left.id - right.id)
}

function dueOf(world: World, order: Order, total: Decimal): number | null {
  const offset = world.weather.clockOffsetMs.shop
  const good = order.transactions.filter((one) => one.status !== 'FAILURE' && one.status !== 'ERROR')
  const gateway = good.find((one) => one.gateway !== 'gift_card')?.gateway ?? good[0]?.gateway ?? null
  const basis = total.isZero() ? 'placed' : (world.agreement.due[gateway ?? ''] ?? world.agreement.due['*'])
  const first = (kinds: readonly string[]): number | null =>
    good.find((one) => one.status === 'SUCCESS' && kinds.includes(one.kind))?.processedAt ?? null
  const at = basis === 'placed' ? order.createdAt : basis === 'authorised' ? first(['AUTHORIZATION', 'SALE', 'CAPTURE']) : first(['SALE', 'CAPTURE'])
  const promised = order.attributes.find((one) => one.key === world.agreement.promisedAttribute)
  return at === null ? null : Math.max(at, promised === undefined ? at : Date.parse(promised.value)) - offset
}

export function posted(moves: readonly Move[]): readonly Move[] {
  return moves.filter((move) => move.state === 'posted')
}

export function totalOf(documents: readonly { readonly total: Decimal }[]): Decimal {
  return documents.length === 0 ? zero : sum(documents.map((one) => one.total))
}
