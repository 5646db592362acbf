/** What the auditor finds wrong with stock, products and customers. */
import { Decimal, sum, zero } from '../../../src-main/world/decimal.ts'
import type { Product } from '../../../src-main/world/erp/erp.ts'
import type { Variant } from '../../../src-main/world/shop/shop.ts'
import type { World } from '../../../src-main/world/world.ts'
import type { Finding, Reading } from './books.ts'

export function auditMasters(reading: Reading): readonly Finding[] {
  return [...stock(reading), ...products(reading), ...customers(reading.world)]
}

function stock({ world, chains }: Reading): readonly Finding[] {
  const { shop, erp, agreement } = world
  const places = Object.entries(agreement.locations).map(([code, name]) => ({
    name,
    location: [...shop.books.locations.all()].find((one) => one.name === name),
    warehouse: [...erp.books.warehouses.all()].find((one) => one.code === code),
  }))
  const waiting = new Map<string, number>()
  for (const { order, live } of chains) {
    if (order.cancelledAt !== null || live.some((sale) => sale.state === 'sale')) continue
    for (const line of order.lines) {
      const name = places.find((place) => place.location?.id === line.locationId)?.name
      const key = `${line.sku}@${name}`
      waiting.set(key, (waiting.get(key) ?? 0) + line.currentQuantity)
    }
  }
  const productOf = new Map([...erp.books.products.all()].filter((one) => one.active).map((one) => [one.defaultCode, one]))
  const found: Finding[] = []
  for (const level of shop.books.levels.all()) {
    const variant = shop.books.variants.must(level.variantId)
    const place = places.find((one) => one.location?.id === level.locationId)
    const product = productOf.get(variant.sku)
    if (!variant.tracked || variant.sellsWithoutStock || place === undefined || product === undefined) continue
    const quant = erp.books.find.quantsOfProduct(product.id).find((one) => one.warehouseId === place.warehouse?.id)
    const free = quant === undefined ? zero : quant.quantity.minus(quant.reserved)
    const key = `${variant.sku}@${place.name}`
    const pack = agreement.packs[variant.sku ?? ''] ?? 1
    const units = free.minus((waiting.get(key) ?? 0) * pack).minus(agreement.stockBuffer).times(agreement.stockShare).div(pack).floor()
    if (Math.max(0, level.available) !== Decimal.max(zero, units).toNumber()) found.push({ rule: 'F01-stock-behind', key, amount: null })
    if (!free.greaterThan(0) && (waiting.get(key) ?? 0) > 0) found.push({ rule: 'F01-sold-after-zero', key, amount: null })
  }
  return found
}

const minute = 60_000
const notSold = ['DELIVERY']

function products(reading: Reading): readonly Finding[] {
  const { shop, erp, agreement } = reading.world
  const variants = Map.groupBy([...shop.books.variants.all()].filter((one) => one.sku !== null && one.status === 'ACTIVE'), (one) => one.sku ?? '')
  const known = Map.groupBy([...erp.books.products.all()].filter((one) => one.active && !notSold.includes(one.defaultCode ?? '')), (one) => one.defaultCode ?? '')
  const say = (rule: string, key: string): Finding => ({ rule, key, amount: null })
  const found: Finding[] = []
  for (const sku of new Set([...variants.keys(), ...known.keys()])) {
    const ours = variants.get(sku) ?? []
    const theirs = known.get(sku) ?? []
    if (ours.length === 0 || theirs.length === 0) found.push(say('F08-sku-unknown', sku))
    if (ours.length > 1 || theirs.length > 1) found.push(say('F08-duplicate-sku', sku))
    const [variant] = ours
    const [product] = theirs
    if (variant === undefined || product === undefined) continue
    for (const rule of differences(agreement.packs, variant, product)) found.push(say(rule, sku))
    if (isRenamedByPerson(reading.world, variant, product)) found.push(say('F09-product-changed-outside', sku))
    if (soldAtAnotherRate(reading, variant, product)) found.push(say('F08-tax-code-differs', sku))
  }
  for (const [barcode, same] of Map.groupBy([...known.values()].flat(), (one) => one.barcode ?? '')) {
    const skus = new Set(same.map((one) => one.defaultCode))
    const [first] = same
    if (barcode !== '' && skus.size > 1 && first !== undefined) found.push(say('F08-duplicate-barcode', first.defaultCode ?? ''))
  }
  return found
}

/** The ERP calls it by the shop's title, and by its variant where there are several. */
function isRenamedByPerson({ erp, agreement }: World, { productTitle }: Variant, { name, changedBy, changedAt, createdAt }: Product): boolean {
  return changedAt > createdAt && !name.startsWith(productTitle) && agreement.actors.people.includes(erp.books.users.get(changedBy)?.login ?? '')
}

/** The newest order at home that the ERP has, placed once the shop could know of the product's tax. */
function soldAtAnotherRate({ world, chains }: Reading, variant: Variant, product: Product): boolean {
  const { erp, agreement } = world
  const from = product.changedAt + agreement.graceMinutes * minute
  const taxed = chains.flatMap(({ order, live }) => {
    const line = order.lines.find((one) => one.variantId === variant.id)
    const tells = line !== undefined && line.taxLines.length > 0 && !line.taxLines.every((tax) => tax.amount.isZero())
    return tells && live.length > 0 && order.shipTo?.country === 'FR' && order.createdAt >= from ? [{ at: order.createdAt, line }] : []
  })
  const newest = taxed.toSorted((one, other) => one.at - other.at).at(-1)
  const rates = product.taxIds.map((id) => erp.books.taxes.must(id).amount)
  return newest !== undefined && !sum(newest.line.taxLines.map((tax) => tax.rate.times(100))).equals(sum(rates))
}

function differences(packs: World['agreement']['packs'], variant: Variant, product: Product): readonly string[] {
  const pack = packs[product.defaultCode ?? ''] ?? 1
  return [
    ...(variant.barcode !== null && product.barcode !== null && variant.barcode !== product.barcode ? ['F08-barcode-differs'] : []),
    ...(product.packSize === pack ? [] : ['F08-pack-differs']),
    ...(product.uom === 'Units' ? [] : ['F08-unit-differs']),
    ...(variant.price.equals(product.listPrice.times(pack)) ? [] : ['F08-price-differs']),
  ]
}

function customers({ erp, agreement }: World): readonly Finding[] {
  const top = [...erp.books.partners.all()].filter((one) => one.active && one.parentId === null)
  const email = (text: string | null): string => {
    const plain = text?.trim().toLowerCase() ?? ''
    return agreement.sharedEmails.includes(plain) ? '' : plain
  }
  const found: Finding[] = []
  const clusters = [
    { by: 'email', groups: Map.groupBy(top, (one) => email(one.email)) },
    { by: 'vat', groups: Map.groupBy(top, (one) => (one.vat ?? '').replaceAll(/[^A-Z0-9]/g, '')) },
  ] as const
  for (const { by, groups } of clusters) {
    for (const [fact, same] of groups) {
      const [first] = same
      if (fact === '' || same.length < 2 || first === undefined) continue
      // one cause, one finding: what contradicts itself is no mere double
      const conflicts = by === 'email' && new Set(same.flatMap((one) => one.vat ?? [])).size > 1
      found.push({ rule: conflicts ? 'F04-conflicting-billing' : 'F04-duplicate-customer', key: `${by} of ${first.id}`, amount: null })
    }
  }
  return found
}
