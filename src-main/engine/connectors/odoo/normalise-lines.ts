/** Lines of Odoo's orders and invoices in our words, with their taxes. Pure; what is booked has the currency's digits. */
import { type Decimal, divide, isZero, multiply, negate, round, subtract } from '../../../domain/decimal.ts'
import type { ErpLine, Tax } from '../../../domain/records.ts'
import { short } from './normalise.ts'
import { rateOf, singleTaxes } from './taxes.ts'
import type { OrderRow, WireLine, WireTax } from './wire.ts'

export type Beside = Pick<OrderRow, 'currency' | 'products' | 'taxes' | 'taxRounding'>

export function isGoods(line: Pick<WireLine, 'product_id'>, products: Beside['products']): boolean {
  const product = products.find(({ id }) => id === line.product_id?.id)
  return product !== undefined && product.type !== 'service'
}

interface LineGiven {
  readonly line: WireLine
  readonly quantity: Decimal
  readonly unit: string | null
  /** Ids of taxes, groups among them. */
  readonly taxes: readonly string[]
  readonly sign: 1 | -1
}

export function lineOf({ line, quantity, sign, taxes: ids, unit }: LineGiven, beside: Beside): ErpLine {
  const taxes = ids.flatMap((id) => singleTaxes(id, beside.taxes))
  const product = beside.products.find(({ id }) => id === line.product_id?.id)
  const net = booked(line.price_subtotal, beside)
  return {
    id: line.id,
    sku: short(product?.default_code ?? null),
    title: short(line.name?.split('\n')[0] ?? null) ?? short(line.product_id?.label ?? null) ?? '',
    quantity: signed(quantity, sign),
    unit: short(unit),
    unitPrice: netPriceOf(line, quantity, taxes),
    net: signed(net, sign),
    taxes: taxes.map((tax) =>
      taxOf(tax, sign, taxes.length === 1 ? taxOn(line, net, beside) : null),
    ),
    goods: isGoods(line, beside.products),
  }
}

/**
 * Booked per line only where the company rounds per line; else the line's figure is one that nobody
 * booked.
 */
function taxOn(line: WireLine, net: Decimal, beside: Beside): Decimal | null {
  if (beside.taxRounding !== 'per-line' || line.price_total === null) return null
  return subtract(booked(line.price_total, beside), net)
}

function taxOf(tax: WireTax, sign: 1 | -1, amount: Decimal | null): Tax {
  return {
    code: short(tax.name),
    ratePercent: rateOf(tax),
    amount: amount === null ? null : signed(amount, sign),
    collectedByMarketplace: false,
  }
}

/**
 * Without tax, after discount. A price that holds its tax is told by what was booked for the whole
 * line.
 */
function netPriceOf(line: WireLine, quantity: Decimal, taxes: readonly WireTax[]): Decimal {
  const holdsTax = taxes.some(({ price_include }) => price_include)
  if (line.price_unit !== null && !holdsTax) {
    return multiply(line.price_unit, divide(subtract('100', line.discount ?? '0'), '100'))
  }
  return isZero(quantity) ? '0' : round(divide(line.price_subtotal, quantity), 10, 'half-even')
}

/**
 * A booked amount as the ERP holds it: what a float says beyond the currency's digits is the
 * float's.
 */
export function booked(figure: Decimal, { currency }: Pick<Beside, 'currency'>): Decimal {
  return round(figure, currency?.digits ?? 2, 'half-away')
}

export function signed(figure: Decimal, sign: 1 | -1): Decimal {
  return sign === 1 ? figure : negate(figure)
}
