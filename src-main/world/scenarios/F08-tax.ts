/** A product that has long been sold gets another tax in the ERP, and orders of it go on as they were. */
import type { RateClass } from '../business/markets.ts'
import { homeMarket, homeTax } from '../business/house.ts'
import { hour, minute, second } from '../business/calendar.ts'
import { availableAt } from '../business/carts.ts'
import { agreedLine } from '../business/figures.ts'
import { type Article, type Case, type Stage, stockKey } from '../business/stage.ts'
import { inWorld, paid } from './hands.ts'
import { mends } from './mending.ts'
import type { Scenario, Tools } from './scenario.ts'

/** The ERP's tax at home for a class of goods, as the integration books it. */
function taxAtHome({ house }: Stage, rateClass: RateClass): number {
  return house.taxFor(homeTax(rateClass))
}

function otherClass(rateClass: RateClass): RateClass {
  return rateClass === 'standard' ? 'reduced' : 'standard'
}

/** Of what there is less nobody is sent to buy. */
const plenty = 20

const marked = (sku: string): string => `taxed otherwise: ${sku}`

/** Something that is bought often, and whose tax nobody has touched; each is touched once. */
function untouched({ stage, dice }: Tools): Article | null {
  const fit = stage.house.articles.filter(({ facts, variant }) => facts.trait === 'plain' && variant.status === 'ACTIVE' && variant.sku === facts.sku && !stage.met.has(marked(facts.sku)))
  if (fit.length === 0) return null
  const { article } = dice.weighted(fit.map((one) => ({ article: one, weight: one.facts.weight })))
  stage.met.add(marked(article.facts.sku))
  return article
}

function retax({ stage }: Tools, article: Article, taxIds: readonly number[]): void {
  stage.erp.changeProduct(article.product.id, { taxIds: [...taxIds] }, stage.house.staff.clerk, stage.erpNow())
}

/** Whether an order of it at home, placed late enough, is in the ERP under this tax. */
function sells(stage: Stage, article: Article, taxId: number, from: number, one: Case): boolean {
  if (one.placedAt < from || one.market !== homeMarket() || one.sale === null || one.order.test) return false
  const bought = one.order.lines.find((line) => line.variantId === article.variant.id)
  if (bought === undefined || bought.taxLines.length === 0 || agreedLine(bought).subtotal.isZero()) return false
  const booked = one.sale.lineIds.map((id) => stage.erp.books.saleLines.must(id)).filter((line) => line.productId === article.product.id)
  return booked.length > 0 && booked.every((line) => line.taxIds.length === 1 && line.taxIds[0] === taxId)
}

/** Somebody buys one of it at home, some time after its tax was changed, as soon as there is any. */
function buysLater(tools: Tools, article: Article): void {
  const { agenda, agreement } = tools.stage
  const { sku } = article.facts
  const come = (): void => {
    if (isOnShelves(tools.stage, article)) tools.buy({ ...paid, sku, lines: 1, discount: 'none' })
    else tools.after(agenda.paced(hour), come)
  }
  tools.after(agenda.paced((agreement.graceMinutes + tools.dice.int(1, 40)) * minute), come)
}

function isOnShelves(stage: Stage, article: Article): boolean {
  return stage.house.places.every((place) => availableAt(stage, article, place) > plenty && !stage.frozen.has(stockKey(article.facts.sku, place)))
}

const lookEvery = minute
const looksMax = 24 * 60

/** Once an order of it shows that both sides go on with its former tax. */
function whenSold(tools: Tools, article: Article, taxId: number, found: (one: Case) => void): void {
  const { stage } = tools
  const from = stage.agenda.now() + stage.agenda.paced(stage.agreement.graceMinutes * minute)
  const look = (looks: number): void => {
    const one = [...stage.cases.values()].find((each) => sells(stage, article, taxId, from, each))
    if (one !== undefined) found(one)
    else if (looks < looksMax) tools.after(stage.agenda.paced(lookEvery), () => look(looks + 1))
  }
  buysLater(tools, article)
  look(0)
}

function changesClass(tools: Tools): void {
  const { stage } = tools
  const article = untouched(tools)
  if (article === null) return
  const { sku, rateClass } = article.facts
  const former = taxAtHome(stage, rateClass)
  retax(tools, article, [taxAtHome(stage, otherClass(rateClass))])
  tools.excuse({ kind: 'product', key: sku }, null, 'Its tax has become another one.')
  whenSold(tools, article, former, (one) => {
    const unpriced = 'It grows with each order that goes on at the former rate.'
    const planted = tools.plant({ subject: { kind: 'product', key: sku }, cause: 'wrong-rate', unpriced, findableAt: one.bookedAt ?? stage.agenda.now() })
    mends(tools, planted, 'people', () => retax(tools, article, [former]))
  })
}

/** A law changes both sides; a tax is named anew; a slip is put right at once: orders of all three go on. */
function changesLikewise(tools: Tools): void {
  const { stage, dice } = tools
  const article = untouched(tools)
  if (article === null) return
  const { facts, variant } = article
  const former = taxAtHome(stage, facts.rateClass)
  const other = taxAtHome(stage, otherClass(facts.rateClass))
  switch (dice.pick(['law', 'name', 'slip'] as const)) {
    case 'law':
      retax(tools, article, [other])
      tools.after(50 * second, () => stage.classes.set(variant.id, otherClass(facts.rateClass)))
      break
    case 'name': {
      const { amount, priceInclude, name } = stage.erp.books.taxes.must(former)
      retax(tools, article, [stage.erp.addTax({ name: `${name} (${facts.sku})`, amount, priceInclude }, stage.erpNow()).id])
      break
    }
    case 'slip':
      retax(tools, article, [other])
      tools.after(40 * second, () => retax(tools, article, [former]))
      break
  }
  tools.innocent({ kind: 'product', key: facts.sku })
  buysLater(tools, article)
}

export const retaxedProducts: readonly Scenario[] = [
  inWorld({
    name: 'F08-tax-class-changed', rules: ['F08-tax-code-differs'], critical: true,
    says: 'A product that has long been sold is put into another tax class in the ERP, and orders of it go on at the former rate.',
    twin: 'A product gets another rate on both sides, or another name of its rate, or a wrong one that is put right within a minute.',
    happens: changesClass,
    twinHappens: changesLikewise,
  }),
]
