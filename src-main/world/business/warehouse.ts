/** What people do in the ERP by themselves: goods come in, shelves are counted, companies buy by phone, another shop sells. */
import { Decimal } from '../decimal.ts'
import type { Instant } from '../world.ts'
import { erpAvailable, moveStock } from '../integration/stock.ts'
import { day, hour, minute } from './calendar.ts'
import { isTracked } from './house.ts'
import { later } from '../integration/gate.ts'
import { type Article, type Place, type Stage, stockKey } from './stage.ts'
import type { Dice } from './dice.ts'

/** Below so many packs new goods are ordered in, and so many come. */
const reorderAt = 90
const lot = 260

/** `countsPerHour`: beside the few counts of an ordinary day, for whoever wants to watch stock move. */
export function startWarehouse(stage: Stage, countsPerHour = 0): void {
  const dice = stage.dice('warehouse')
  if (countsPerHour > 0) countAgain(stage, stage.dice('counts'), hour / countsPerHour)
  function everyDay(): void {
    const morning = stage.agenda.now()
    stage.agenda.at(stage.calendar.nextAtHour(morning + minute, 2), everyDay)
    later(stage, 0, 'people', () => stage.erp.runScheduler(stage.erpNow()))
    for (let turn = 0; turn < 11; turn += 1) at(stage, morning + (7 + turn) * hour + dice.int(0, 50) * minute, () => receive(stage))
    for (let turn = 0; turn < 4; turn += 1) at(stage, morning + dice.int(7 * 60, 16 * 60) * minute, () => recount(stage, dice))
    for (let turn = 0; turn < 10; turn += 1) at(stage, morning + dice.int(7 * 60, 16 * 60) * minute, () => sellByPhone(stage, dice))
    for (let turn = 0; turn < 8; turn += 1) at(stage, morning + dice.int(6 * 60, 21 * 60) * minute, () => sellElsewhere(stage, dice))
    if (stage.cases.size > 60_000) forgetOld(stage, morning - 40 * day)
  }
  stage.agenda.at(stage.calendar.nextAtHour(stage.agenda.now() - 23 * hour, 2), everyDay)
}

function countAgain(stage: Stage, dice: Dice, every: number): void {
  stage.agenda.at(stage.agenda.now() + every, () => {
    recount(stage, dice)
    countAgain(stage, dice, every)
  })
}

function at(stage: Stage, when: Instant, happens: () => void): void {
  if (when < stage.agenda.now()) return
  later(stage, when - stage.agenda.now(), 'people', happens)
}

function receive(stage: Stage): void {
  if (stage.calendar.working(stage.agenda.now()) !== stage.agenda.now()) return
  for (const article of stage.house.articles) {
    if (!isTracked(article.facts)) continue
    for (const place of stage.house.places) {
      if (stage.frozen.has(stockKey(article.facts.sku, place))) continue
      const { pack } = article.facts
      if (erpAvailable(stage, article, place).lessThan(reorderAt * pack)) moveStock(stage, article, place, lot * pack)
    }
  }
}

/** A shelf holds a few more or fewer than the books. */
function recount(stage: Stage, dice: Dice): void {
  const { article, place } = someShelf(stage, dice)
  moveStock(stage, article, place, dice.pick([-3, -2, -1, 1, 2]))
}

/** Wholesale: no order of the shop's, and no reference that looks like one. */
function sellByPhone(stage: Stage, dice: Dice): void {
  const { article, place } = someShelf(stage, dice)
  const company = dice.pick([...stage.partners.values()].slice(0, 40))
  if (company === undefined) return
  wholesale(stage, article, place, { partnerId: company, reference: dice.chance(0.5) ? `PO ${dice.int(1000, 9999)}` : null, units: dice.int(3, 12), dice })
}

export function wholesale(
  stage: Stage, article: Article, place: Place,
  sold: { readonly partnerId: number; readonly reference: string | null; readonly units: number; readonly dice: Dice },
): void {
  const { seller, picker } = stage.house.staff
  const sale = stage.erp.createSale({
    partnerId: sold.partnerId, clientOrderRef: sold.reference, dateOrder: stage.erpNow(), currency: 'EUR', warehouseId: place.warehouse.id,
    lines: [{ productId: article.product.id, quantity: new Decimal(sold.units), priceUnit: article.product.listPrice }],
  }, seller, stage.erpNow())
  stage.erp.confirm(sale.id, seller, stage.erpNow())
  const leaves = stage.calendar.working(stage.agenda.now() + sold.dice.int(3, 30) * hour) - stage.agenda.now()
  later(stage, leaves, 'people', () => {
    const picking = stage.erp.books.find.pickingsOfSale(sale.id).find((each) => each.state !== 'done' && each.state !== 'cancel')
    if (picking !== undefined) stage.erp.deliver(picking.id, { carrier: null, tracking: [] }, picker, stage.erpNow())
  })
}

/** The merchant's other shop is on the same ERP, gives the same numbers, and writes its own code before them. */
function sellElsewhere(stage: Stage, dice: Dice): void {
  // a number that nothing else is the matter with
  const numbers = [...stage.cases.values()].slice(-200).flatMap((one) => (one.script === null ? [one.number] : []))
  if (numbers.length === 0) return
  const number = dice.pick(numbers)
  if (stage.erp.books.find.salesByRef(`UK-${number}`).length > 0) return
  const { integration } = stage.house.staff
  const partner = stage.erp.addPartner({
    name: `Customer of the other shop ${number}`, email: `other.${number}@example.co.uk`, vat: null, ref: null, parentId: null,
    companyType: 'person', countryCode: 'GB', active: true,
  }, integration, stage.erpNow())
  // who has moved away is archived, and stands on the documents still
  if (dice.chance(0.2)) later(stage, dice.int(2, 60) * hour, 'people', () => {
    stage.erp.changePartner(partner.id, { active: false }, stage.house.staff.clerk, stage.erpNow())
  })
  const { article, place } = someShelf(stage, dice)
  const sale = stage.erp.createSale({
    partnerId: partner.id, clientOrderRef: `UK-${number}`, origin: null, dateOrder: stage.erpNow(), currency: 'GBP', warehouseId: place.warehouse.id,
    lines: [{ productId: article.product.id, quantity: new Decimal(1), priceUnit: article.product.listPrice }],
  }, integration, stage.erpNow())
  stage.erp.confirm(sale.id, integration, stage.erpNow())
  stage.truth.innocent({
    scenario: 'two shops with one number', subject: { kind: 'order', key: number },
    because: `The ERP has UK-${number} too, which is the other shop's.`,
  })
}

export interface Shelf {
  readonly article: Article
  readonly place: Place
}

/** Plain goods of which there is plenty, and which no scenario holds. */
export function someShelf(stage: Stage, dice: Dice): Shelf {
  const shelves = stage.house.articles
    .filter((article) => article.facts.trait === 'plain')
    .flatMap((article) => stage.house.places.map((place) => ({ article, place })))
    .filter(({ article, place }) => !stage.frozen.has(stockKey(article.facts.sku, place)) && erpAvailable(stage, article, place).greaterThan(40))
  return dice.pick(shelves)
}

/** What is long over is nobody's concern any more. */
function forgetOld(stage: Stage, before: Instant): void {
  for (const [number, one] of stage.cases) {
    if (one.placedAt >= before) return
    stage.cases.delete(number)
  }
}
