/** Brings the ERP's stock to the shop: what is available there, less what it does not know of yet, less the buffer, by the pack. */
import { Decimal, zero } from '../decimal.ts'
import { minute } from '../business/calendar.ts'
import { isTracked } from '../business/house.ts'
import { type Article, type Case, isDown, type Place, type Stage, stockKey } from '../business/stage.ts'

const everyMs = 3 * minute
/** A transaction that took its time is stamped with its beginning: rows of before are looked at again. */
const overlapMs = minute

/** Runs over what has changed since the last run; it is near real time, and never stops by itself. */
export function startStockSync(stage: Stage): void {
  let since = stage.erpNow()
  const behind = new Set<string>()
  const shelves = new Map<string, { readonly article: Article; readonly place: Place }>(stage.house.articles.flatMap((article) =>
    stage.house.places.map((place) => [`${article.product.id} ${place.warehouse.id}`, { article, place }] as const)))
  function run(): void {
    stage.agenda.after(everyMs, run)
    const changed = stage.erp.books.quants.changedSince(since - overlapMs)
    since = stage.erpNow()
    for (const quant of changed) behind.add(`${quant.productId} ${quant.warehouseId}`)
    for (const key of stage.dirty) behind.add(key)
    stage.dirty.clear()
    if (isDown(stage, 'stock') || behind.size === 0) return
    const waiting = waitingUnits(stage)
    for (const key of behind) {
      const shelf = shelves.get(key)
      // what is passed over now is behind until it is taken up again
      if (shelf !== undefined && stage.frozen.has(stockKey(shelf.article.facts.sku, shelf.place))) continue
      behind.delete(key)
      if (shelf !== undefined) bring(stage, shelf.article, shelf.place, waiting)
    }
  }
  stage.agenda.after(everyMs, run)
}

function bring(stage: Stage, article: Article, place: Place, waiting: ReadonlyMap<string, number>): void {
  if (!isTracked(article.facts)) return
  const expected = expectedFor(stage, article, place, waiting)
  if (stage.levelOf(article, place)?.available === expected) return
  stage.shop.setAvailable(article.variant.id, place.location.id, expected, stage.shopNow())
  stage.sync.brought += 1
}

/** The shop has moved these units by itself: they are looked at again in the next run. */
export function lookAgain(stage: Stage, one: Case): void {
  for (const line of one.order.lines) {
    const article = stage.house.ofVariant(line.variantId)
    if (article !== null) stage.dirty.add(`${article.product.id} ${one.place.warehouse.id}`)
  }
}

/** At once, out of turn. */
export function syncNow(stage: Stage, article: Article, place: Place): void {
  bring(stage, article, place, waitingUnits(stage))
}

/** What the shop should show: never less than nothing. */
export function expectedFor(
  stage: Stage, article: Article, place: Place, waiting: ReadonlyMap<string, number> = waitingUnits(stage),
): number {
  const { stockBuffer, stockShare } = stage.agreement
  const { pack } = article.facts
  const promised = (waiting.get(stockKey(article.facts.sku, place)) ?? 0) * pack
  const free = erpAvailable(stage, article, place).minus(promised).minus(stockBuffer)
  return Math.max(0, free.times(stockShare).div(pack).floor().toNumber())
}

export function erpAvailable(stage: Stage, article: Article, place: Place): Decimal {
  const quant = stage.erp.books.find.quantsOfProduct(article.product.id).find((each) => each.warehouseId === place.warehouse.id)
  return quant === undefined ? zero : quant.quantity.minus(quant.reserved)
}

/** By `SKU@location`. */
export function waitingUnits(stage: Stage): Map<string, number> {
  const units = new Map<string, number>()
  for (const one of stage.waiting) count(one, units)
  return units
}

function count(one: Case, units: Map<string, number>): void {
  for (const line of one.order.lines) {
    if (line.sku === null || line.currentQuantity === 0) continue
    const key = stockKey(line.sku, one.place)
    units.set(key, (units.get(key) ?? 0) + line.currentQuantity)
  }
}

/** Sets the ERP's quantity by a difference, as receipts, counts and returns do. */
export function moveStock(stage: Stage, article: Article, place: Place, units: number): void {
  const quant = stage.erp.books.find.quantsOfProduct(article.product.id).find((each) => each.warehouseId === place.warehouse.id)
  const quantity = (quant?.quantity ?? zero).plus(units)
  stage.erp.setQuantity(article.product.id, place.warehouse.id, quantity, stage.erpNow())
}
