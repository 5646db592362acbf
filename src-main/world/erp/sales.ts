/** Sales orders from quotation to cancellation; their amounts follow from their lines. */
import { type Decimal, zero } from '../decimal.ts'
import { cancelPicking, follow, makePicking } from './deliveries.ts'
import type { Erp, LineChange, Sale, SaleDraft, SaleLine } from './erp.ts'
import { cancelDrafts } from './invoices.ts'
import { created, type Ledger, recompute, type Transaction, userError, write } from './ledger.ts'
import { documentAmounts, lineAmounts } from './taxes.ts'

export type SaleMoves = Pick<Erp,
  'createSale' | 'changeSale' | 'changeLine' | 'addLine' | 'removeLine' | 'confirm' | 'cancelSale' | 'deleteSale'>

export function saleMoves(ledger: Ledger): SaleMoves {
  const { books } = ledger
  return {
    createSale: (draft, by, at) => createSale(ledger, draft, { by, at }),
    changeSale: (id, change, by, at) => {
      const sale = books.sales.must(id)
      if (change.state === undefined) refuseCancelled(sale)
      const isRounded = change.currency === undefined || change.currency === sale.currency
      write(books.sales, Object.assign(sale, change), { by, at })
      if (isRounded) return
      for (const lineId of sale.lineIds) amount(ledger, books.saleLines.must(lineId), sale)
      total(ledger, sale, { by, at })
    },
    changeLine: (lineId, change, by, at) => {
      changeLine(ledger, books.saleLines.must(lineId), change, { by, at })
    },
    addLine: (saleId, line, by, at) => {
      const sale = books.sales.must(saleId)
      refuseCancelled(sale)
      if (sale.locked) throw forbidden('order_line')
      const row = newLine(ledger, sale, line, { by, at })
      total(ledger, sale, { by, at })
      if (sale.state === 'sale') follow(ledger, sale, row, row.quantity, { by, at })
      return row
    },
    removeLine: (lineId, by, at) => {
      const sale = books.sales.must(books.saleLines.must(lineId).orderId)
      if (sale.state !== 'draft' && sale.state !== 'sent') {
        throw userError(
          "Once a sales order is confirmed, you can't remove one of its lines "
          + '(we need to track if something gets invoiced or delivered).\n                Set the quantity to 0 instead.',
        )
      }
      sale.lineIds = sale.lineIds.filter((id) => id !== lineId)
      books.saleLines.remove(lineId)
      total(ledger, sale, { by, at })
    },
    confirm: (saleId, by, at) => confirm(ledger, books.sales.must(saleId), { by, at }),
    cancelSale: (saleId, by, at) => cancel(ledger, books.sales.must(saleId), { by, at }),
    deleteSale: (saleId) => {
      const sale = books.sales.must(saleId)
      if (sale.state !== 'draft' && sale.state !== 'cancel') {
        throw userError('You can not delete a sent quotation or a confirmed sales order. You must first cancel it.')
      }
      for (const lineId of sale.lineIds) books.saleLines.remove(lineId)
      books.sales.remove(sale.id)
      for (const [name, { model, id }] of books.externalIds) {
        if (model === 'sale.order' && id === sale.id) books.externalIds.delete(name)
      }
    },
  }
}

function createSale(ledger: Ledger, draft: SaleDraft, transaction: Transaction): Sale {
  ledger.books.partners.must(draft.partnerId)
  ledger.books.warehouses.must(draft.warehouseId)
  const sale: Sale = {
    id: ledger.nextId('sale'),
    ...created(transaction),
    name: ledger.nextName('S'),
    clientOrderRef: draft.clientOrderRef,
    origin: draft.origin ?? null,
    state: 'draft',
    locked: false,
    dateOrder: draft.dateOrder,
    partnerId: draft.partnerId,
    currency: draft.currency,
    warehouseId: draft.warehouseId,
    lineIds: [],
    untaxed: zero,
    tax: zero,
    total: zero,
  }
  for (const line of draft.lines) newLine(ledger, sale, line, transaction)
  total(ledger, sale, transaction)
  ledger.books.sales.put(sale)
  return sale
}

/** What a caller leaves out is filled from the product. */
function newLine(ledger: Ledger, sale: Sale, line: SaleDraft['lines'][number], transaction: Transaction): SaleLine {
  const product = ledger.books.products.must(line.productId)
  const priced = {
    quantity: line.quantity,
    priceUnit: line.priceUnit,
    discount: line.discount ?? zero,
    taxIds: [...(line.taxIds ?? product.taxIds)],
  }
  const { subtotal, tax, total: gross } = lineAmounts(priced, taxIn(ledger), sale.currency)
  const row: SaleLine = {
    id: ledger.nextId('saleLine'),
    ...created(transaction),
    orderId: sale.id,
    productId: product.id,
    name: line.name ?? (product.defaultCode === null ? product.name : `[${product.defaultCode}] ${product.name}`),
    ...priced,
    subtotal,
    tax,
    total: gross,
    delivered: zero,
    invoiced: zero,
    isDelivery: line.isDelivery ?? false,
    isDownpayment: line.isDownpayment ?? false,
  }
  ledger.books.saleLines.put(row)
  sale.lineIds.push(row.id)
  return row
}

function changeLine(ledger: Ledger, line: SaleLine, change: LineChange, transaction: Transaction): void {
  const sale = ledger.books.sales.must(line.orderId)
  refuseCancelled(sale)
  if (sale.locked) throw forbidden(Object.keys(change).join(', '))
  const grown: Decimal = (change.quantity ?? line.quantity).minus(line.quantity)
  if (grown.isNegative() && line.quantity.plus(grown).lessThan(line.delivered)) {
    throw userError('You cannot decrease the ordered quantity below the delivered quantity.\nCreate a return first.')
  }
  Object.assign(line, change)
  amount(ledger, line, sale)
  write(ledger.books.saleLines, line, transaction)
  total(ledger, sale, transaction)
  if (sale.state === 'sale' && !grown.isZero()) follow(ledger, sale, line, grown, transaction)
}

function amount(ledger: Ledger, line: SaleLine, sale: Sale): void {
  const { subtotal, tax, total: gross } = lineAmounts(line, taxIn(ledger), sale.currency)
  Object.assign(line, { subtotal, tax, total: gross })
}

/** Computed and stored without a write. */
function total(ledger: Ledger, sale: Sale, transaction: Transaction): void {
  const lines = sale.lineIds.map((id) => lineAmounts(ledger.books.saleLines.must(id), taxIn(ledger), sale.currency))
  const { untaxed, tax, total: gross } = documentAmounts(lines, ledger.rounding, sale.currency)
  if (untaxed.equals(sale.untaxed) && tax.equals(sale.tax)) return
  Object.assign(sale, { untaxed, tax, total: gross })
  recompute(ledger, ledger.books.sales, sale, transaction)
}

function confirm(ledger: Ledger, sale: Sale, transaction: Transaction): void {
  if (sale.state !== 'draft' && sale.state !== 'sent') {
    throw userError('Some orders are not in a state requiring confirmation.')
  }
  sale.state = 'sale'
  sale.dateOrder = transaction.at
  write(ledger.books.sales, sale, transaction)
  const lines = sale.lineIds.map((id) => ledger.books.saleLines.must(id))
  const goods = lines.filter((line) => ledger.books.products.must(line.productId).kind === 'goods')
  makePicking(ledger, sale, goods.map((line) => ({ line, quantity: line.quantity })), transaction)
}

function cancel(ledger: Ledger, sale: Sale, transaction: Transaction): void {
  if (sale.locked) throw userError('You cannot cancel a locked order. Please unlock it first.')
  const pickings = ledger.books.find.pickingsOfSale(sale.id)
  if (pickings.some((picking) => picking.state === 'done')) {
    throw userError(
      "You cannot cancel a stock move that has been set to 'Done'. "
      + 'Create a return in order to reverse the moves which took place.',
    )
  }
  for (const picking of pickings) cancelPicking(ledger, picking, transaction)
  cancelDrafts(ledger, sale.lineIds, transaction)
  sale.state = 'cancel'
  write(ledger.books.sales, sale, transaction)
}

function refuseCancelled(sale: Sale): void {
  if (sale.state === 'cancel') throw userError(`You cannot modify the cancelled order ${sale.name}.`)
}

function forbidden(fields: string): Error {
  return userError(`It is forbidden to modify the following fields in a locked order:\n${fields}`)
}

function taxIn(ledger: Ledger): Parameters<typeof lineAmounts>[1] {
  return (id) => ledger.books.taxes.must(id)
}
