/**
 * Whole valid values for tests: name only what the test is about.
 *
 * The defaults belong together: shop order 1001 (two MUG at 10.00 EUR and 20 % tax, captured in full) is ERP order
 * SO1001 with the same figures, billed by INV1001, shipped by SHP1001.
 */
import type { Connection, Pass } from '../../src-main/domain/connection.ts'
import type { Finding } from '../../src-main/domain/incident.ts'
import type { Intent } from '../../src-main/domain/intent.ts'
import { type Pair, pairSettingsSchema } from '../../src-main/domain/pair.ts'
import type {
  CreditNote,
  Customer,
  ErpOrder,
  Invoice,
  InvoiceLine,
  Order,
  OrderLine,
  Payment,
  Product,
  Refund,
  GoodsReturn,
  Shipment,
  StockLevel,
  Tax,
} from '../../src-main/domain/records.ts'
import { hours, minutes } from '../../src-main/domain/time.ts'
import { monday } from './clock.ts'

/** Overrides of a record: the named parts may be given in part, everything else is replaced. */
type Given<T, Parts extends keyof T = never> = Partial<Omit<T, Parts>> & { readonly [K in Parts]?: Partial<T[K]> }

/** When the default order was placed and captured: an hour before the tests begin. */
export const placedAt = monday - hours(1)

const untold = { version: null, changedAt: placedAt, changedBy: null, trace: null } as const

export function aTax(given: Given<Tax> = {}): Tax {
  return { code: 'VAT20', ratePercent: '20', amount: '4.00', collectedByMarketplace: false, ...given }
}

export function anOrderLine(given: Given<OrderLine> = {}): OrderLine {
  return {
    id: 'line-1',
    sku: 'MUG',
    title: 'Mug',
    quantity: '2',
    unit: null,
    unitPrice: '10.00',
    discount: '0',
    total: '20.00',
    taxes: [aTax()],
    giftCard: false,
    bundleOf: null,
    allocations: [],
    ...given,
  }
}

export function anOrder(
  given: Given<Order, 'market' | 'totals' | 'payment' | 'fulfilment' | 'customer'> = {},
): Order {
  const { market, totals, payment, fulfilment, customer, ...rest } = given
  const number = rest.number ?? '1001'
  return {
    kind: 'order',
    id: `order_${number}`,
    ...untold,
    number,
    store: null,
    placedAt,
    channel: 'web',
    currency: 'EUR',
    taxesIncluded: false,
    lines: [anOrderLine()],
    shipping: [],
    refunds: [],
    cashRounding: null,
    returns: [],
    cancelledAt: null,
    cancelReason: null,
    test: false,
    marks: [],
    discountCodes: [],
    promisedAt: null,
    ...rest,
    market: { country: 'DE', region: null, ...market },
    totals: { lines: '20.00', discount: '0', shipping: '0', tax: '4.00', total: '24.00', ...totals },
    payment: {
      state: 'captured',
      captures: [{ at: rest.placedAt ?? placedAt, amount: 2400 }],
      authorisedAt: rest.placedAt ?? placedAt,
      method: 'card',
      gatewayRefs: [],
      giftCardPaid: 0,
      ...payment,
    },
    fulfilment: { state: 'none', shippedAt: null, tracking: [], ...fulfilment },
    customer: { id: 'cus_1', email: 'ann@example.com', vatId: null, taxExempt: null, ...customer },
  }
}

/** A line of an ERP order, or of an invoice over it. */
export function anErpLine(given: Given<InvoiceLine> = {}): InvoiceLine {
  return {
    id: '1',
    sku: 'MUG',
    title: 'Mug',
    quantity: '2',
    unit: 'Unit',
    unitPrice: '10.00',
    net: '20.00',
    taxes: [aTax()],
    goods: true,
    discountPercent: null,
    orderLineId: null,
    deposit: false,
    ...given,
  }
}

/** An ERP order for the shop order that its first reference names; `references` defaults to the default order's number. */
export function anErpOrder(given: Given<ErpOrder, 'totals'> = {}): ErpOrder {
  const { totals, ...rest } = given
  const shopNumber = rest.references?.[0] ?? '1001'
  // what only an invoice's line says
  const { discountPercent: _percent, orderLineId: _line, deposit: _deposit, ...ordered } = anErpLine()
  return {
    kind: 'erp-order',
    id: `so-${shopNumber}`,
    ...untold,
    number: `SO${shopNumber}`,
    references: [shopNumber],
    state: 'open',
    platformState: 'processing',
    reservesStock: true,
    reservesSome: false,
    createdBy: 'integration',
    createdAt: placedAt + minutes(2),
    documentDate: '2026-11-23',
    currency: 'EUR',
    customerId: 'party-1',
    customerEmail: 'ann@example.com',
    lines: [ordered],
    ...rest,
    totals: { net: '20.00', tax: '4.00', total: '24.00', ...totals },
  }
}

export function anInvoice(given: Given<Invoice, 'totals'> = {}): Invoice {
  const { totals, ...rest } = given
  return {
    kind: 'invoice',
    id: 'inv-1001',
    ...untold,
    number: 'INV1001',
    orderIds: ['so-1001'],
    state: 'posted',
    createdAt: placedAt + minutes(35),
    issuedOn: '2026-11-23',
    currency: 'EUR',
    customerId: 'party-1',
    lines: [anErpLine()],
    taxes: [{ code: 'VAT20', ratePercent: '20', base: '20.00', amount: '4.00' }],
    buyerIsRegistered: null,
    open: null,
    taxMethod: 'per-document',
    ...rest,
    totals: { net: '20.00', tax: '4.00', total: '24.00', ...totals },
  }
}

/** Takes back the whole default invoice. */
export function aCreditNote(given: Given<CreditNote, 'totals'> = {}): CreditNote {
  const { totals, ...rest } = given
  return {
    ...anInvoice(),
    kind: 'credit-note',
    id: 'crn-1001',
    number: 'CRN1001',
    lines: [anErpLine({ quantity: '-2', net: '-20.00', taxes: [aTax({ amount: '-4.00' })] })],
    taxes: [{ code: 'VAT20', ratePercent: '20', base: '-20.00', amount: '-4.00' }],
    creditsInvoiceIds: ['inv-1001'],
    ...rest,
    totals: { net: '-20.00', tax: '-4.00', total: '-24.00', ...totals },
  }
}

/** The ERP's delivery by default; give `orderIds: ['order_1001']` for the shop's fulfilment. */
export function aShipment(given: Given<Shipment> = {}): Shipment {
  return {
    kind: 'shipment',
    id: 'shp-1001',
    ...untold,
    number: 'SHP1001',
    orderIds: ['so-1001'],
    state: 'shipped',
    shippedAt: placedAt + minutes(30),
    location: 'WH',
    tracking: [],
    lines: [{ sku: 'MUG', quantity: '2', orderId: null }],
    ...given,
  }
}

/** The whole default order comes back to the ERP, half an hour after it left. */
export function aReturn(given: Given<GoodsReturn> = {}): GoodsReturn {
  return {
    kind: 'return',
    id: 'ret-1001',
    ...untold,
    number: 'RET1001',
    orderIds: ['so-1001'],
    state: 'received',
    receivedAt: placedAt + minutes(60),
    location: 'WH',
    lines: [{ sku: 'MUG', quantity: '2', orderId: null }],
    ...given,
  }
}

export function aPayment(given: Given<Payment> = {}): Payment {
  return {
    kind: 'payment',
    id: 'pay_1001',
    ...untold,
    orderId: 'order_1001',
    method: 'card',
    currency: 'EUR',
    amount: 2400,
    authorisedAt: placedAt,
    captures: [{ at: placedAt, amount: 2400 }],
    cancelledAt: null,
    ...given,
  }
}

export function aRefund(given: Given<Refund> = {}): Refund {
  return {
    kind: 'refund',
    id: 'ref_1001',
    ...untold,
    orderId: 'order_1001',
    paymentId: 'pay_1001',
    at: placedAt + minutes(20),
    currency: 'EUR',
    amount: 2400,
    reason: null,
    ...given,
  }
}

/** `available` follows from `onHand` and `reserved` unless it is given. */
export function aStockLevel(given: Given<StockLevel> = {}): StockLevel {
  const sku = given.sku ?? 'MUG'
  const location = given.location ?? 'WH'
  const onHand = given.onHand ?? given.available ?? '10'
  const reserved = given.reserved ?? '0'
  return {
    kind: 'stock',
    id: `${sku}@${location}`,
    ...untold,
    sku,
    location,
    onHand,
    reserved,
    available: String(Number(onHand) - Number(reserved)),
    tracked: true,
    backorder: false,
    ...given,
  }
}

export function aProduct(given: Given<Product> = {}): Product {
  return {
    kind: 'product',
    id: `prod_${given.sku ?? 'MUG'}`,
    ...untold,
    sku: 'MUG',
    barcode: null,
    title: 'Mug',
    unit: 'Unit',
    packSize: null,
    taxCode: 'VAT20',
    taxes: null,
    prices: [],
    active: true,
    tracked: true,
    goods: null,
    ...given,
  }
}

export function aCustomer(given: Given<Customer> = {}): Customer {
  return {
    kind: 'customer',
    id: 'party-1',
    ...untold,
    code: '1',
    email: 'ann@example.com',
    vatId: null,
    registration: null,
    country: null,
    parent: null,
    active: true,
    ...given,
  }
}

/** The shop unless said otherwise. */
export function aConnection(given: Given<Connection> = {}): Connection {
  return {
    id: 'shop',
    platform: 'scripted',
    role: 'shop',
    label: 'Shop',
    settings: {},
    secretRef: null,
    createdAt: monday - hours(24),
    ...given,
  }
}

export function anErpConnection(given: Given<Connection> = {}): Connection {
  return aConnection({ id: 'erp', role: 'erp', label: 'ERP', ...given })
}

/** The shop with the ERP; settings that are left out take the product's own defaults. */
export function aPair(given: Given<Pair, 'settings'> = {}): Pair {
  const { settings, ...rest } = given
  return { id: 'pair', shop: 'shop', erp: 'erp', with: [], ...rest, settings: pairSettingsSchema.parse(settings ?? {}) }
}

/** A complete pass that met nothing new. */
export function aPass(given: Given<Pass> = {}): Pass {
  return {
    stream: 'orders',
    startedAt: monday,
    endedAt: monday + 400,
    records: 0,
    changed: 0,
    complete: true,
    faults: {},
    clockOffsetMs: 0,
    ...given,
  }
}

export function aFinding(given: Given<Finding> = {}): Finding {
  return {
    rule: 'F02-paid-order-missing',
    severity: 'critical',
    subject: { kind: 'order', connection: 'shop', key: '1001' },
    amount: { minor: 2400, currency: 'EUR' },
    cause: null,
    says: 'Order 1001 is paid in the shop and absent from the ERP.',
    evidence: [{ label: 'Total', shop: '24.00 EUR', erp: null, differs: true }],
    ...given,
  }
}

export function anIntent(given: Given<Intent> = {}): Intent {
  return {
    id: 'intent-1',
    incident: 'incident-1',
    pair: 'pair',
    action: 'order.create',
    connection: 'erp',
    target: '1001',
    key: 'plumbline:shop:1001',
    state: 'previewed',
    guarantee: 'probe-then-create',
    payload: '{}',
    previewHash: 'a'.repeat(64),
    amount: { minor: 2400, currency: 'EUR' },
    reason: null,
    says: 'Ready to send.',
    targetId: null,
    createdAt: monday,
    expiresAt: monday + minutes(10),
    movedAt: monday,
    ...given,
  }
}
