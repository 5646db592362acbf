/** Furnishes both sides on the first morning: places, users, taxes, goods and what lies on the shelves. */
import { booked, Decimal } from '../decimal.ts'
import type { Erp, Product } from '../erp/erp.ts'
import type { Shop, Variant } from '../shop/shop.ts'
import type { Instant } from '../world.ts'
import { type ArticleFacts, catalogue } from './catalogue.ts'
import type { Dice } from './dice.ts'
import { type Market, markets, type RateClass, rateIn, served } from './markets.ts'
import type { Article, House, Place, Staff, TaxKind } from './stage.ts'

export const stockBuffer = 2
export const logins = { integration: 'integration@plum.example', monitor: 'monitor@plum.example', people: ['compta@plum.example', 'depot@plum.example', 'ventes@plum.example'] } as const

/** Keys of the ERP's users: what a connection is made with. */
export const erpKeys = { integration: 'integration-key', monitor: 'monitor-key' } as const

export function furnish(shop: Shop, erp: Erp, dice: Dice, at: Instant): House {
  const staff = hire(erp, at)
  const places = [
    { location: shop.addLocation('Lyon', at), warehouse: erp.addWarehouse('LYO', 'Entrepôt Lyon', at) },
    { location: shop.addLocation('Gent', at), warehouse: erp.addWarehouse('GNT', 'Magazijn Gent', at) },
  ]
  const taxes = new Map<string, number>()

  function taxFor(kind: TaxKind): number {
    const key = `${kind.title} ${kind.rate.toString()} ${kind.included} ${kind.byMarketplace}`
    const known = taxes.get(key)
    if (known !== undefined) return known
    const percent = kind.rate.times(100)
    const basis = kind.included ? 'TTC' : 'HT'
    const name = `${kind.title} ${percent.toString()} % ${basis}${kind.byMarketplace ? ' (marketplace)' : ''}`
    const { id } = erp.addTax({ name, amount: percent, priceInclude: kind.included }, at)
    taxes.set(key, id)
    return id
  }

  for (const market of served) prepareTaxes(market, taxFor)
  const articles = catalogue.map((facts) => stocked({ shop, erp, staff, taxFor, at }, facts))
  const bySku = new Map(articles.map((article) => [article.facts.sku, article]))
  const byVariant = new Map(articles.map((article) => [article.variant.id, article]))
  const byProduct = new Map(articles.map((article) => [article.product.id, article]))
  for (const article of articles) fill({ shop, erp, dice, at }, article, places)
  const parcel = erp.addProduct({
    defaultCode: 'DELIVERY', barcode: null, name: 'Frais de port', uom: 'Units', packSize: 1, kind: 'service', tracked: false,
    taxIds: [], listPrice: new Decimal('4.90'), active: true,
  }, staff.clerk, at)
  return {
    articles, places, staff, parcel, taxFor,
    articleOf: (sku) => bySku.get(sku ?? '') ?? null,
    ofVariant: (variantId) => byVariant.get(variantId ?? 0) ?? null,
    ofProduct: (productId) => byProduct.get(productId) ?? null,
  }
}

function hire(erp: Erp, at: Instant): Staff {
  const [clerk, picker, seller] = logins.people
  const user = (login: string, name: string, apiKey: string | null, mayWriteOrders: boolean): number =>
    erp.addUser({ login, name, apiKey, mayWriteOrders }, at).id
  const integration = user(logins.integration, 'Shop integration', erpKeys.integration, true)
  user(logins.monitor, 'Monitor', erpKeys.monitor, true)
  return {
    integration,
    clerk: user(clerk, 'Claire Comptable', null, true),
    picker: user(picker, 'Diego Dépôt', null, true),
    seller: user(seller, 'Véra Ventes', null, true),
  }
}

function prepareTaxes(market: Market, taxFor: House['taxFor']): void {
  for (const { title, standard, reduced } of market.taxes) {
    for (const rate of [standard, reduced]) taxFor({ title, rate, included: market.taxesIncluded, byMarketplace: false })
  }
}

interface Making {
  readonly shop: Shop
  readonly erp: Erp
  readonly staff: Staff
  readonly taxFor: House['taxFor']
  readonly at: Instant
}

/** One SKU on both sides. */
export function stocked(making: Making, facts: ArticleFacts): Article {
  return { facts, variant: onSale(making, facts), product: inErp(making, facts) }
}

export function onSale({ shop, at }: Pick<Making, 'shop' | 'at'>, facts: ArticleFacts): Variant {
  const { trait } = facts
  return shop.addVariant({
    productId: 8_000_000_000_000 + hashed(facts.title), productTitle: facts.title, title: facts.variant || 'Default Title', sku: facts.sku,
    barcode: facts.barcode, price: new Decimal(facts.price), taxable: trait !== 'gift-card', tracked: isTracked(facts),
    sellsWithoutStock: !isTracked(facts), giftCard: trait === 'gift-card', requiresShipping: trait !== 'gift-card', status: 'ACTIVE',
  }, at)
}

function inErp({ erp, staff, taxFor, at }: Making, facts: ArticleFacts): Product {
  return erp.addProduct({
    defaultCode: facts.sku, barcode: facts.barcode, name: facts.variant === '' ? facts.title : `${facts.title} (${facts.variant})`,
    uom: 'Units', packSize: facts.pack, kind: facts.trait === 'gift-card' ? 'service' : 'goods',
    // what the maker sends is counted, and never lies on a shelf of the house
    tracked: isTracked(facts) || facts.trait === 'drop-ship', dropShipped: facts.trait === 'drop-ship',
    taxIds: [taxFor(homeTax(facts.rateClass))],
    // of one of its own units, as the shop's is of a whole case
    listPrice: new Decimal(facts.price).div(facts.pack), active: true,
  }, staff.clerk, at)
}

/** Kits are untracked: their parts leave the shelf. */
export function isTracked(facts: ArticleFacts): boolean {
  return facts.trait === 'plain' || facts.trait === 'case'
}

export function homeMarket(): Market {
  const home = markets[0]
  if (home === undefined) throw new Error('The merchant has no market.')
  return home
}

/** The one tax that is raised at home. */
export function homeTax(rateClass: RateClass): TaxKind {
  const home = homeMarket()
  return { title: home.taxes[0]?.title ?? '', rate: rateIn(home, rateClass), included: true, byMarketplace: false }
}

function fill(
  { shop, erp, dice, at }: Pick<Making, 'shop' | 'erp' | 'at'> & { readonly dice: Dice }, article: Article, places: readonly Place[],
): void {
  if (!isTracked(article.facts)) return
  const { pack } = article.facts
  for (const place of places) {
    const units = dice.int(180, 420) * pack + dice.int(0, pack - 1)
    erp.setQuantity(article.product.id, place.warehouse.id, new Decimal(units), at)
    shop.setAvailable(article.variant.id, place.location.id, Math.max(0, Math.floor((units - stockBuffer) / pack)), at)
  }
}

/** Variants of one title are variants of one product. */
function hashed(title: string): number {
  let hash = 0
  for (const letter of title) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007
  return hash
}

/** A market's price of what costs so much in France with its tax; without tax where prices are shown so, or nobody raises it. */
export function priceIn(market: Market, worth: Decimal, grossInFrance: Decimal, rateClass: ArticleFacts['rateClass'], exempt: boolean): Decimal {
  const home = rateIn(homeMarket(), rateClass)
  const base = market.taxesIncluded && !exempt ? grossInFrance : grossInFrance.div(home.plus(1))
  return booked(base.div(worth), market.currency)
}
