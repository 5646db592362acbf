/** An order's lines against the ERP's, line by line: which named differences turn the one side into the other. */
import { type Decimal, add, compare, divide, isZero, multiply, subtract } from './decimal.ts'
import type { ErpLine, Order, Tax } from './records.ts'

/** Shipping and fees have no SKU of the shop: they are compared as one line of this name. */
export const shippingKey = ' shipping'

/** One SKU of one side, its lines added up. Major units. */
export interface ComparedLine {
  readonly key: string
  readonly title: string
  readonly quantity: Decimal
  /** Without tax. */
  readonly net: Decimal
  /** As exact as the side states it, else computed from net and rate. */
  readonly tax: Decimal
  /** Distinct rates in percent, ascending, joined by " + ": what the line is taxed at. */
  readonly rates: string
}

export type DifferenceKind = 'rate' | 'quantity' | 'price' | 'line-missing' | 'line-extra' | 'shipping-missing' | 'exempt'

export interface Difference {
  readonly kind: DifferenceKind
  readonly key: string
  readonly title: string
  readonly shop: string
  readonly erp: string
  /** Shop less ERP, major units: what this difference alone moves. */
  readonly net: Decimal
  readonly tax: Decimal
}

/** The lines of a shop order by SKU, shipping as one. Lines sold at nothing and taxed at nothing stay: they have a quantity. */
export function linesOfOrder(order: Order): readonly ComparedLine[] {
  const goods = order.lines.map((line) =>
    part(line.sku ?? ` ${line.title}`, line.title, line.quantity, line.total, line.taxes, order.taxesIncluded),
  )
  const shipping = order.shipping
    .filter((one) => !isZero(one.price))
    .map((one) => part(shippingKey, one.method, '1', one.price, one.taxes, order.taxesIncluded))
  return byKey([...goods, ...shipping])
}

/** The lines of one or several ERP documents by SKU; services that the shop has no SKU for count as shipping. */
export function linesOfErp(lines: readonly ErpLine[], shopKeys: ReadonlySet<string>): readonly ComparedLine[] {
  const kept = lines.filter((line) => !(isZero(line.quantity) && isZero(line.net)))
  return byKey(
    kept.map((line) => {
      const sku = line.sku ?? ` ${line.title}`
      const key = !line.goods && !shopKeys.has(sku) ? shippingKey : sku
      const quantity = key === shippingKey ? '1' : line.quantity
      return part(key, line.title, quantity, line.net, line.taxes, false)
    }),
  )
}

/** Every named difference; empty when each line agrees but for rounding. `tolerance` is half a minor unit a line, in major units. */
export function differencesOf(
  shop: readonly ComparedLine[],
  erp: readonly ComparedLine[],
  tolerance: Decimal,
): readonly Difference[] {
  const there = new Map(erp.map((line) => [line.key, line]))
  const found: Difference[] = []
  for (const line of shop) {
    const other = there.get(line.key)
    there.delete(line.key)
    if (other === undefined) found.push(missing(line))
    else found.push(...between(line, other, tolerance))
  }
  for (const line of there.values()) {
    found.push({
      kind: 'line-extra',
      key: line.key,
      title: line.title,
      shop: 'not ordered',
      erp: describe(line),
      net: subtract('0', line.net),
      tax: subtract('0', line.tax),
    })
  }
  return found
}

function missing(line: ComparedLine): Difference {
  return {
    kind: line.key === shippingKey ? 'shipping-missing' : 'line-missing',
    key: line.key,
    title: line.title,
    shop: describe(line),
    erp: 'no such line',
    net: line.net,
    tax: line.tax,
  }
}

/** What differs between two lines of one SKU, each difference with what it alone moves, at the shop's other figures. */
function between(shop: ComparedLine, erp: ComparedLine, tolerance: Decimal): readonly Difference[] {
  const found: Difference[] = []
  const line = { key: shop.key, title: shop.title }
  let net = shop.net
  if (compare(shop.quantity, erp.quantity) !== 0 && !isZero(shop.quantity)) {
    const asMany = divide(multiply(shop.net, erp.quantity), shop.quantity)
    const moved = subtract(shop.net, asMany)
    found.push({ ...line, kind: 'quantity', shop: shop.quantity, erp: erp.quantity, net: moved, tax: taxOn(moved, shop) })
    net = asMany
  }
  const priced = subtract(net, erp.net)
  if (beyond(priced, tolerance)) {
    found.push({ ...line, kind: 'price', shop: shop.net, erp: erp.net, net: priced, tax: taxOn(priced, shop) })
  }
  if (shop.rates !== erp.rates) {
    const kind = erp.rates === '' || erp.rates === '0' ? 'exempt' : 'rate'
    const moved = subtract(taxOn(erp.net, shop), erp.tax)
    found.push({ ...line, kind, shop: rateText(shop), erp: rateText(erp), net: '0', tax: moved })
  }
  return found
}

function beyond(figure: Decimal, tolerance: Decimal): boolean {
  return compare(figure, tolerance) > 0 || compare(figure, subtract('0', tolerance)) < 0
}

/** Tax on a net amount at a line's own relation of tax to net. */
function taxOn(net: Decimal, line: ComparedLine): Decimal {
  return isZero(line.net) ? '0' : divide(multiply(net, line.tax), line.net)
}

function describe(line: ComparedLine): string {
  return `${line.quantity} × ${line.title}, ${line.net} net`
}

function rateText(line: ComparedLine): string {
  return line.rates === '' ? 'no tax' : `${line.rates} %`
}

function part(
  key: string,
  title: string,
  quantity: Decimal,
  amount: Decimal,
  taxes: readonly Tax[],
  included: boolean,
): ComparedLine {
  // 20.0 and 20 are one rate
  const rates = taxes.filter((tax) => !isZero(tax.ratePercent)).map((tax) => add(tax.ratePercent))
  const percent = add('0', ...rates)
  const stated = taxes.every((tax) => tax.amount !== null)
  const computed = included
    ? subtract(amount, divide(multiply(amount, '100'), add('100', percent)))
    : divide(multiply(amount, percent), '100')
  const tax = stated && taxes.length > 0 ? add('0', ...taxes.map((one) => one.amount ?? '0')) : computed
  const net = included ? subtract(amount, tax) : amount
  return { key, title, quantity, net, tax, rates: rates.toSorted(compare).join(' + ') }
}

function byKey(lines: readonly ComparedLine[]): readonly ComparedLine[] {
  const merged = new Map<string, ComparedLine>()
  for (const line of lines) {
    const known = merged.get(line.key)
    merged.set(
      line.key,
      known === undefined
        ? line
        : {
            ...known,
            quantity: line.key === shippingKey ? '1' : add(known.quantity, line.quantity),
            net: add(known.net, line.net),
            tax: add(known.tax, line.tax),
            rates: [...new Set([...known.rates.split(' | '), line.rates])].toSorted().join(' | '),
          },
    )
  }
  return [...merged.values()]
}
