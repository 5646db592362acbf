/** What every move in the ERP stands on: its tables, its counters, and how a transaction stamps the rows it writes. */
import { type Decimal, zero } from '../decimal.ts'
import { type Row, Table } from '../table.ts'
import { type ErpBooks, type ErpRounding, type Instant, Rejected, type StockMove, type Written } from './erp.ts'

export interface ErpFacts {
  readonly database: string
  readonly company: string
  readonly currency: string
  readonly rounding: ErpRounding
  /** Of the first rows: the company and its robot. Left out: the epoch. */
  readonly at?: Instant
  /** Left out: `writes`. */
  readonly stamps?: Stamps
}

/**
 * What moves a row's stamp: only somebody's write, which is the harder world to watch; or also a stored computed field
 * that got another value, as Odoo 16's and 19's `_write` stamp it ("already done by write(), but not for computed fields").
 */
export type Stamps = 'writes' | 'writes-and-computes'

/** One writer's transaction: rows get the stamp of its start. */
export interface Transaction {
  readonly by: number
  readonly at: Instant
}

export interface Ledger {
  readonly books: ErpBooks
  rounding: ErpRounding
  readonly stamps: Stamps
  nextId(model: Model): number
  /** Without gaps: "S00001", "WH/OUT/00001", "INV/2026/00001". */
  nextName(prefix: string): string
  /** Moves of a product that goods may still be promised to. */
  openMovesOf(productId: number): readonly StockMove[]
}

/** Each model counts from a place of its own, so that an id of one is seldom an id of another. */
const firstIds = {
  user: 2, warehouse: 1, partner: 41, product: 301, tax: 11, sale: 1, saleLine: 1001,
  move: 501, moveLine: 5001, picking: 201, stockMove: 3001, quant: 7001, carrier: 21,
} as const
export type Model = keyof typeof firstIds

/** OdooBot, who does what nobody asked for. */
export const robot = 1

/** Who writes into the database past Odoo leaves no user on the row, as one who was deleted does. */
export const nobody = 0

export function openLedger(facts: ErpFacts): Ledger {
  const ids: Record<Model, number> = { ...firstIds }
  const names = new Map<string, number>()
  const books = openBooks(facts)
  return {
    books,
    openMovesOf: books.stockMoves.index((move) => isOpen(move) ? [move.productId] : []),
    rounding: facts.rounding,
    stamps: facts.stamps ?? 'writes',
    nextId: (model) => ids[model]++,
    nextName: (prefix) => {
      const next = (names.get(prefix) ?? 0) + 1
      names.set(prefix, next)
      return `${prefix}${String(next).padStart(5, '0')}`
    },
  }
}

function openBooks(facts: ErpFacts): ErpBooks {
  const at = facts.at ?? 0
  const tables = {
    users: new Table<Of<'users'>>(),
    warehouses: new Table<Of<'warehouses'>>(),
    partners: new Table<Of<'partners'>>(),
    products: new Table<Of<'products'>>(),
    taxes: new Table<Of<'taxes'>>(),
    sales: new Table<Of<'sales'>>(),
    saleLines: new Table<Of<'saleLines'>>(),
    moves: new Table<Of<'moves'>>(),
    moveLines: new Table<Of<'moveLines'>>(),
    pickings: new Table<Of<'pickings'>>(),
    stockMoves: new Table<Of<'stockMoves'>>(),
    quants: new Table<Of<'quants'>>(),
    outsideQuants: new Table<Of<'outsideQuants'>>(),
    carriers: new Table<Of<'carriers'>>(),
  }
  tables.users.put({ id: robot, changedAt: at, login: '__system__', name: 'OdooBot', apiKey: null, mayWriteOrders: true })
  return {
    database: facts.database,
    company: { id: 1, name: facts.company, currency: facts.currency, changedAt: at },
    externalIds: new Map(),
    ...tables,
    find: {
      carriersByName: tables.carriers.index((carrier) => [carrier.name]),
      productsByCode: tables.products.index((product) => some(product.defaultCode)),
      partnersByEmail: tables.partners.index((partner) => some(partner.email)),
      salesByName: tables.sales.index((sale) => [sale.name]),
      salesByOrigin: tables.sales.index((sale) => some(sale.origin)),
      pickingsByOrigin: tables.pickings.index((picking) => some(picking.origin)),
      movesByName: tables.moves.index((move) => move.name === '/' ? [] : [move.name]),
      movesOfSaleName: tables.moves.index((move) => move.invoiceOrigin?.split(', ') ?? []),
      stockMovesOfProduct: tables.stockMoves.index((move) => [move.productId]),
      salesByRef: tables.sales.index((sale) => some(sale.clientOrderRef)),
      pickingsOfSale: tables.pickings.index((picking) => picking.returnOf === null ? some(picking.saleId) : []),
      returnsOfSale: tables.pickings.index((picking) => picking.returnOf === null ? [] : some(picking.saleId)),
      moveLinesOfSaleLine: tables.moveLines.index((line) => line.saleLineIds),
      stockMovesOfSaleLine: tables.stockMoves.index((move) => some(move.saleLineId)),
      quantsOfProduct: tables.quants.index((quant) => [quant.productId]),
      outsideQuantsOfProduct: tables.outsideQuants.index((quant) => [quant.productId]),
      creditsOfMove: tables.moves.index((move) => some(move.reversedMoveId)),
    },
  }
}

/** The row of one of the books' tables. */
type Of<Name extends keyof ErpBooks> = ErpBooks[Name] extends Table<infer R> ? R : never

function some<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value]
}

export function isOpen(move: StockMove): boolean {
  return move.state !== 'done' && move.state !== 'cancel'
}

/** What a new row is stamped with. */
export function created({ by, at }: Transaction): Omit<Written, 'id'> {
  return { changedAt: at, createdAt: at, createdBy: by, changedBy: by }
}

/** `write()`: the row gets the writer and the stamp. */
export function write<R extends Written>(table: Table<R>, row: R, { by, at }: Transaction): void {
  row.changedBy = by
  stamp(table, row, at)
}

/** A stored field was computed anew. */
export function recompute<R extends Written>(ledger: Ledger, table: Table<R>, row: R, transaction: Transaction): void {
  if (ledger.stamps === 'writes-and-computes') write(table, row, transaction)
}

/** A row that a later transaction wrote already keeps its stamp: the database would have made the earlier one begin anew. */
export function stamp<R extends Row>(table: Table<R>, row: R, at: Instant): void {
  row.changedAt = Math.max(row.changedAt, at)
  table.put(row)
}

export function userError(says: string): Rejected {
  return new Rejected('odoo.exceptions.UserError', says)
}

export function least(left: Decimal, right: Decimal): Decimal {
  return left.lessThan(right) ? left : right
}

export function notBelowZero(amount: Decimal): Decimal {
  return amount.isNegative() ? zero : amount
}
