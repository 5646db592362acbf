/** The simulated ERP's books and what may be done in it, in Odoo's words; its wire protocols serve these rows. */
import type { Decimal } from '../decimal.ts'
import type { Row, Table } from '../table.ts'

/** Milliseconds since 1970, on the ERP's own clock. `changedAt` is `write_date`: the START of the writer's transaction. */
export type Instant = number

/** Who wrote a row, as `create_uid` and `write_uid`. */
export interface Written extends Row {
  createdAt: Instant
  createdBy: number
  changedBy: number
}

export interface User extends Row {
  login: string
  name: string
  /** The integration's user, a person, or the read-only monitor. */
  apiKey: string | null
  /** Null or left out: only a key lets this user in. */
  password?: string | null
  mayWriteOrders: boolean
  /** Models and fields that no group of this user may read, as `account.move` or `sale.order.amount_total`. */
  mayNotRead?: readonly string[]
}

export interface Warehouse extends Row {
  code: string
  name: string
  /** Of its stock location, whose usage is internal. */
  locationId: number
}

export interface Partner extends Written {
  name: string
  email: string | null
  vat: string | null
  ref: string | null
  parentId: number | null
  companyType: 'person' | 'company'
  countryCode: string | null
  active: boolean
}

export interface Product extends Written {
  defaultCode: string | null
  barcode: string | null
  name: string
  /** 'Units', 'Dozen', 'kg'. */
  uom: string
  /** Units of the shop's that one of these holds: 12 for a case. */
  packSize: number
  kind: 'goods' | 'service'
  tracked: boolean
  /** The route "Dropship": a supplier sends it, and it is never on a shelf of the house. */
  dropShipped?: boolean
  taxIds: number[]
  listPrice: Decimal
  active: boolean
}

export interface Tax extends Row {
  name: string
  /** Percent: 20. */
  amount: Decimal
  priceInclude: boolean
}

export interface SaleLine extends Written {
  orderId: number
  productId: number
  name: string
  quantity: Decimal
  /** Net unless its taxes are price-included. */
  priceUnit: Decimal
  /** Percent. */
  discount: Decimal
  taxIds: number[]
  /** Booked: net, tax, gross. */
  subtotal: Decimal
  tax: Decimal
  total: Decimal
  delivered: Decimal
  invoiced: Decimal
  isDelivery: boolean
  isDownpayment: boolean
}

export interface Sale extends Written {
  name: string
  clientOrderRef: string | null
  origin: string | null
  state: 'draft' | 'sent' | 'sale' | 'cancel'
  locked: boolean
  dateOrder: Instant
  partnerId: number
  currency: string
  warehouseId: number
  lineIds: number[]
  untaxed: Decimal
  tax: Decimal
  total: Decimal
}

/** `account.move.line`: a line of an invoice, or what the invoice books besides, its taxes and what is owed. */
export interface MoveLine extends Written {
  moveId: number
  kind: 'product' | 'tax' | 'payment_term'
  /** The tax that a tax line books. */
  taxId: number | null
  productId: number | null
  name: string
  quantity: Decimal
  priceUnit: Decimal
  discount: Decimal
  taxIds: number[]
  subtotal: Decimal
  total: Decimal
  saleLineIds: number[]
}

/** `account.move`: a customer's invoice or credit note. */
export interface Move extends Written {
  /** "/" while it is a draft. */
  name: string
  ref: string | null
  moveType: 'out_invoice' | 'out_refund'
  state: 'draft' | 'posted' | 'cancel'
  paymentState: 'not_paid' | 'in_payment' | 'paid' | 'partial' | 'reversed'
  /** "2026-11-23", null while it is a draft. */
  invoiceDate: string | null
  invoiceOrigin: string | null
  partnerId: number
  currency: string
  /** Those of kind `product`. */
  lines: MoveLine[]
  /** The others: the taxes and the receivable. */
  otherLines: MoveLine[]
  taxes: { taxId: number; base: Decimal; amount: Decimal }[]
  untaxed: Decimal
  tax: Decimal
  total: Decimal
  /** What is still owed. */
  residual: Decimal
  reversedMoveId: number | null
}

/** `stock.move` of one product in a delivery. */
export interface StockMove extends Written {
  pickingId: number
  productId: number
  saleLineId: number | null
  /** Asked for; once done, what went. */
  quantity: Decimal
  reserved: Decimal
  done: Decimal
  /** Of units that come back: the move that sent them. */
  returnedFrom: number | null
  state: 'confirmed' | 'partially_available' | 'assigned' | 'done' | 'cancel'
}

/** `stock.picking` of goods that leave, or that come back. */
export interface Picking extends Written {
  name: string
  state: 'draft' | 'waiting' | 'confirmed' | 'assigned' | 'done' | 'cancel'
  doneAt: Instant | null
  origin: string | null
  saleId: number | null
  warehouseId: number
  backorderOf: number | null
  /** From a supplier straight to the customer. */
  dropShipped: boolean
  /** The delivery whose goods it takes back; null for one that sends. */
  returnOf: number | null
  carrier: string | null
  /** Several numbers joined by ",". */
  trackingRef: string | null
  moves: StockMove[]
}

/** `delivery.carrier`, made when goods first go by it. */
export interface Carrier extends Row {
  name: string
}

export interface Quant extends Row {
  createdAt: Instant
  productId: number
  warehouseId: number
  quantity: Decimal
  reserved: Decimal
}

/** What lies with customers, came from suppliers, or a count found missing or too much: Odoo keeps quants there too, and they cancel out. */
export interface OutsideQuant extends Row {
  createdAt: Instant
  productId: number
  place: 'customer' | 'supplier' | 'inventory'
  quantity: Decimal
}

export interface ErpBooks {
  readonly database: string
  readonly company: { readonly id: number; readonly name: string; readonly currency: string; changedAt: Instant }
  readonly users: Table<User>
  readonly warehouses: Table<Warehouse>
  readonly partners: Table<Partner>
  readonly products: Table<Product>
  readonly taxes: Table<Tax>
  readonly sales: Table<Sale>
  readonly saleLines: Table<SaleLine>
  readonly moves: Table<Move>
  /** Lines of all kinds of all moves. */
  readonly moveLines: Table<MoveLine>
  readonly pickings: Table<Picking>
  readonly stockMoves: Table<StockMove>
  readonly quants: Table<Quant>
  readonly outsideQuants: Table<OutsideQuant>
  readonly carriers: Table<Carrier>
  /** External ids: `ir.model.data`, unique by module and name; the key is `module.name`. */
  readonly externalIds: Map<string, { readonly model: string; readonly id: number }>
  /** Rows by what people look them up by. */
  readonly find: {
    readonly carriersByName: (name: string) => readonly Carrier[]
    readonly productsByCode: (defaultCode: string) => readonly Product[]
    readonly partnersByEmail: (email: string) => readonly Partner[]
    readonly salesByName: (name: string) => readonly Sale[]
    readonly salesByOrigin: (origin: string) => readonly Sale[]
    readonly pickingsByOrigin: (origin: string) => readonly Picking[]
    readonly movesByName: (name: string) => readonly Move[]
    readonly movesOfSaleName: (name: string) => readonly Move[]
    readonly stockMovesOfProduct: (productId: number) => readonly StockMove[]
    readonly salesByRef: (clientOrderRef: string) => readonly Sale[]
    /** Deliveries; what takes goods back is not among them. */
    readonly pickingsOfSale: (saleId: number) => readonly Picking[]
    readonly returnsOfSale: (saleId: number) => readonly Picking[]
    readonly moveLinesOfSaleLine: (saleLineId: number) => readonly MoveLine[]
    readonly stockMovesOfSaleLine: (saleLineId: number) => readonly StockMove[]
    readonly quantsOfProduct: (productId: number) => readonly Quant[]
    readonly outsideQuantsOfProduct: (productId: number) => readonly OutsideQuant[]
    readonly creditsOfMove: (moveId: number) => readonly Move[]
  }
}

export interface SaleDraft {
  readonly partnerId: number
  readonly clientOrderRef: string | null
  readonly origin?: string | null
  readonly dateOrder: Instant
  readonly currency: string
  readonly warehouseId: number
  readonly lines: readonly {
    readonly productId: number
    readonly quantity: Decimal
    readonly priceUnit: Decimal
    readonly discount?: Decimal
    /** Left out: the product's own. */
    readonly taxIds?: readonly number[]
    readonly name?: string
    readonly isDelivery?: boolean
    readonly isDownpayment?: boolean
  }[]
}

export type SaleChange = Partial<Omit<Sale, keyof Written | 'lineIds' | 'untaxed' | 'tax' | 'total'>>
export type LineChange = Partial<Pick<SaleLine, 'productId' | 'name' | 'quantity' | 'priceUnit' | 'discount' | 'taxIds'>>

export interface Delivery {
  readonly carrier: string | null
  readonly tracking: readonly string[]
  /** By the picking's moves' ids; what is not named stays. Left out: everything goes. */
  readonly quantities?: ReadonlyMap<number, Decimal>
}

/** What is left out is as the order has it. */
export interface InvoicedLine {
  readonly saleLineId: number
  readonly quantity?: Decimal
  readonly priceUnit?: Decimal
  readonly discount?: Decimal
  readonly taxIds?: readonly number[]
}

export interface Credit {
  readonly lines?: readonly { readonly lineId: number; readonly quantity: Decimal }[]
  /** Gross: shared out over the lines, if any are named, else over the whole invoice. */
  readonly amount?: Decimal
  readonly invoiceDate: string
}

/** How the company rounds (`tax_calculation_rounding_method`). */
export type ErpRounding = 'round_per_line' | 'round_globally'

/**
 * What may be done in the ERP. Each move is one transaction that began at `at`, by a user: rows carry that stamp
 * however late the move is called (a late commit is a call that comes after readers have read past `at`).
 * Throws `Rejected` for what the ERP would refuse, with the ERP's own exception name and words.
 */
export interface Erp {
  readonly books: ErpBooks
  readonly rounding: ErpRounding
  addUser(user: Omit<User, 'id' | 'changedAt'>, at: Instant): User
  addWarehouse(code: string, name: string, at: Instant): Warehouse
  addTax(tax: Omit<Tax, 'id' | 'changedAt'>, at: Instant): Tax
  addPartner(partner: Omit<Partner, keyof Written>, by: number, at: Instant): Partner
  changePartner(id: number, change: Partial<Omit<Partner, keyof Written>>, by: number, at: Instant): void
  addProduct(product: Omit<Product, keyof Written>, by: number, at: Instant): Product
  changeProduct(id: number, change: Partial<Omit<Product, keyof Written>>, by: number, at: Instant): void
  /** A quotation (`draft`); amounts follow from lines, taxes and the rounding method. */
  createSale(draft: SaleDraft, by: number, at: Instant): Sale
  /** Amounts follow. An archived or cancelled order refuses. */
  changeSale(id: number, change: SaleChange, by: number, at: Instant): void
  changeLine(lineId: number, change: LineChange, by: number, at: Instant): void
  addLine(saleId: number, line: SaleDraft['lines'][number], by: number, at: Instant): SaleLine
  /** Of a quotation only: a confirmed order keeps its lines. */
  removeLine(lineId: number, by: number, at: Instant): void
  /** draft/sent → sale: makes the delivery and reserves what is there. */
  confirm(saleId: number, by: number, at: Instant): void
  /** Cancels open deliveries and gives reservations back; refuses when locked or delivered. */
  cancelSale(saleId: number, by: number, at: Instant): void
  /** Sends units, in stock or not; what is left becomes a backorder. */
  deliver(pickingId: number, delivery: Delivery, by: number, at: Instant): void
  /** Goods of a delivery come back, by its moves' ids: on the shelf again, in a transfer of their own. */
  takeBack(pickingId: number, quantities: ReadonlyMap<number, Decimal>, by: number, at: Instant): Picking
  setTracking(pickingId: number, tracking: readonly string[], by: number, at: Instant): void
  /** A draft invoice over lines of one or many orders; left out: all that is not invoiced. */
  invoice(lines: readonly InvoicedLine[], by: number, at: Instant): Move
  post(moveId: number, invoiceDate: string, by: number, at: Instant): void
  /** Left out: all that is owed. */
  pay(moveId: number, by: number, at: Instant, amount?: Decimal): void
  /** A posted one goes back to draft first, and keeps its name. */
  cancelMove(moveId: number, by: number, at: Instant): void
  /**
   * A posted credit note over lines of an invoice, or over an amount with its taxes in it; left out: the whole.
   * What the invoice still owes is settled with it.
   */
  credit(moveId: number, credit: Credit, by: number, at: Instant): Move
  /** A count or a receipt: sets the quantity on hand, absolutely. */
  setQuantity(productId: number, warehouseId: number, quantity: Decimal, at: Instant): void
  changeTax(id: number, change: Partial<Omit<Tax, 'id' | 'changedAt'>>, at: Instant): void
  /** Of documents from now on, and of older ones when their lines change. */
  changeRounding(rounding: ErpRounding, at: Instant): void
  /** Draft or cancelled only, and no tombstone is left. */
  deleteSale(saleId: number, at: Instant): void
  /** Draft and never posted only. */
  deleteMove(moveId: number, at: Instant): void
  /** The nightly scheduler: reserves what has come in, and deletes quants that hold nothing. */
  runScheduler(at: Instant): void
}

/** What the ERP would answer instead of doing it. */
export class Rejected extends Error {
  /** As `odoo.exceptions.ValidationError`. */
  readonly exception: string

  constructor(exception: string, says: string) {
    super(says)
    this.exception = exception
  }
}
