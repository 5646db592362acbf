/** ERP lines under the names, packs and bundles that the shop sold them by: only then can the two be compared (DESIGN §5). */
import { type Decimal, add, compare, divide, isZero, multiply, subtract } from './decimal.ts'
import type { Lookups } from './pair-maps.ts'
import type { ErpLine, Order, Tax } from './records.ts'

/** What the maps do not speak of stays as it is. */
export function inShopWords(lines: readonly ErpLine[], sold: readonly Order['lines'][number][], lookups: Lookups): readonly ErpLine[] {
  const wanted = unitsOf(sold)
  const folded = [...wanted].reduce((left, [sku, quantity]) => foldBundle(left, sku, quantity, lookups), lines)
  const left = new Map(wanted)
  return folded.map((line) => {
    if (line.sku === null || wanted.has(line.sku)) return packed(line, line.sku, lookups)
    const candidates = lookups.shopSkus(line.sku).filter((sku) => wanted.has(sku))
    const shopSku = candidates.length < 2 ? candidates[0] : closest(line, candidates, left, lookups)
    if (shopSku === undefined) return line
    left.set(shopSku, subtract(left.get(shopSku) ?? '0', divide(line.quantity, lookups.packSize(shopSku))))
    return packed(line, shopSku, lookups)
  })
}

function unitsOf(sold: readonly Order['lines'][number][]): ReadonlyMap<string, Decimal> {
  const units = new Map<string, Decimal>()
  for (const { sku, quantity } of sold) if (sku !== null) units.set(sku, add(units.get(sku) ?? '0', quantity))
  return units
}

/** Two SKUs of the shop are one product of the ERP: the one of which just as many are still wanted, else any that is. */
function closest(line: ErpLine, candidates: readonly string[], left: ReadonlyMap<string, Decimal>, lookups: Lookups): string | undefined {
  const open = candidates.filter((sku) => compare(left.get(sku) ?? '0', '0') > 0)
  const exact = open.find((sku) => compare(multiply(left.get(sku) ?? '0', lookups.packSize(sku)), line.quantity) === 0)
  return exact ?? open[0] ?? candidates[0]
}

function packed(line: ErpLine, shopSku: string | null, lookups: Lookups): ErpLine {
  if (shopSku === null) return line
  const size = lookups.packSize(shopSku)
  if (compare(size, '1') === 0) return shopSku === line.sku ? line : { ...line, sku: shopSku }
  return { ...line, sku: shopSku, quantity: divide(line.quantity, size), unitPrice: multiply(line.unitPrice, size) }
}

/** A bundle that the ERP books by its parts becomes one line again, as far as all its parts are there. */
function foldBundle(lines: readonly ErpLine[], sku: string, wanted: Decimal, lookups: Lookups): readonly ErpLine[] {
  const own = lookups.erpSku(sku)
  if (lookups.bundle(sku) === null || compare(wanted, '0') <= 0 || lines.some((line) => line.sku === own || line.sku === sku)) return lines
  const parts = partsOf(sku, lookups)
  const there = (part: string): Decimal => add('0', ...lines.flatMap((line) => (line.sku === part ? [line.quantity] : [])))
  const counts = [...parts].map(([part, each]) => divide(there(part), each))
  const most = counts.reduce((least, one) => (compare(one, least) < 0 ? one : least), wanted)
  if (compare(most, '0') <= 0) return lines
  const taken: ErpLine[] = []
  const needs = new Map([...parts].map(([part, each]) => [part, multiply(each, most)]))
  const left = lines.flatMap((line) => {
    const need = line.sku === null ? undefined : needs.get(line.sku)
    if (line.sku === null || need === undefined || isZero(need) || compare(line.quantity, '0') <= 0) return [line]
    const share = compare(line.quantity, need) <= 0 ? line.quantity : need
    needs.set(line.sku, subtract(need, share))
    taken.push(shareOf(line, share))
    const rest = subtract(line.quantity, share)
    return isZero(rest) ? [] : [shareOf(line, rest)]
  })
  const [first] = taken
  if (first === undefined) return lines
  const net = add('0', ...taken.map((line) => line.net))
  const whole = { ...first, sku, title: sku, quantity: most, net, unitPrice: divide(net, most), taxes: sumOfTaxes(taken), goods: true }
  return [...left, whole]
}

function partsOf(sku: string, lookups: Lookups): ReadonlyMap<string, Decimal> {
  const parts = new Map<string, Decimal>()
  for (const { erpSku, quantity } of lookups.takes(sku)) parts.set(erpSku, add(parts.get(erpSku) ?? '0', quantity))
  return parts
}

function shareOf(line: ErpLine, quantity: Decimal): ErpLine {
  if (compare(quantity, line.quantity) === 0) return line
  const share = (figure: Decimal): Decimal => divide(multiply(figure, quantity), line.quantity)
  return {
    ...line,
    quantity,
    net: share(line.net),
    taxes: line.taxes.map((tax) => ({ ...tax, amount: tax.amount === null ? null : share(tax.amount) })),
  }
}

/** Taxes of one code and rate as one; an amount is known where every part states its own. */
function sumOfTaxes(lines: readonly ErpLine[]): Tax[] {
  const sums = new Map<string, Tax>()
  for (const tax of lines.flatMap((line) => line.taxes)) {
    const key = `${tax.code} ${add(tax.ratePercent)}`
    const known = sums.get(key)
    const amount = known === undefined ? tax.amount : known.amount === null || tax.amount === null ? null : add(known.amount, tax.amount)
    sums.set(key, { ...tax, amount })
  }
  return [...sums.values()]
}
