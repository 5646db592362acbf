/** What comes to the checkout: who buys what, where, at which price, how it is paid, and what will become of it. */
import { booked, Decimal, sum, zero } from '../decimal.ts'
import type { Checkout } from '../shop/checkout.ts'
import type { Instant } from '../world.ts'
import { day } from './calendar.ts'
import type { Trait } from './catalogue.ts'
import type { Dice } from './dice.ts'
import { priceIn } from './house.ts'
import { euroWorth, type Market, markets, neighbourOf, type RateClass } from './markets.ts'
import { aPerson, identityOf, type People } from './people.ts'
import { type Article, type Case, type Fate, type Method, type Place, type Stage, stockKey } from './stage.ts'

/** What a scenario needs of the order it is played on; the rest falls as it may. */
export interface Wish {
  readonly method?: Method
  readonly market?: Market
  readonly country?: string
  readonly region?: string
  /** A company that is not taxed, or one that is billed by the month. */
  readonly business?: 'exempt' | 'monthly'
  /** Exactly so many. */
  readonly lines?: number
  readonly units?: number
  /** Somebody whom the ERP knows from an order before, where there is anybody. */
  readonly returning?: boolean
  /** The first of its articles. */
  readonly sku?: string
  readonly trait?: Trait
  readonly rateClass?: RateClass
  readonly discount?: 'line' | 'cart' | 'code' | 'none'
  /** A parcel that costs something. */
  readonly shipping?: boolean
  readonly fate?: Fate
  readonly splitCapture?: boolean
  readonly shippingTitle?: string
  readonly source?: string
  readonly gateway?: string
  readonly discountCode?: string
  readonly test?: boolean
  /** A number below the shop's first, as of an earlier year. */
  readonly reusedNumber?: boolean
}

export interface Cart extends Pick<Case, 'market' | 'method' | 'gateway' | 'place' | 'fate' | 'monthly'> {
  readonly checkout: Checkout
  readonly splitCapture: boolean
  readonly promisedAt: Instant | null
}

const personsPay: readonly { readonly is: Method; readonly weight: number }[] = [
  { is: 'card', weight: 560 }, { is: 'paypal', weight: 140 }, { is: 'klarna', weight: 90 }, { is: 'bank', weight: 35 },
  { is: 'cash-on-delivery', weight: 25 }, { is: 'gift-card', weight: 12 }, { is: 'card-and-gift-card', weight: 18 },
  { is: 'free', weight: 8 }, { is: 'till', weight: 60 }, { is: 'marketplace', weight: 52 },
]
const companiesPay: readonly { readonly is: Method; readonly weight: number }[] = [
  { is: 'terms', weight: 60 }, { is: 'card', weight: 30 }, { is: 'bank', weight: 10 },
]
const ends: readonly { readonly is: Fate; readonly weight: number }[] = [
  { is: 'plain', weight: 830 }, { is: 'parts', weight: 45 }, { is: 'edit-more', weight: 12 }, { is: 'edit-less', weight: 9 },
  { is: 'edit-added', weight: 9 }, { is: 'cancel-early', weight: 8 }, { is: 'cancel-late', weight: 16 },
  { is: 'refund-early', weight: 5 }, { is: 'return-some', weight: 26 }, { is: 'return-all', weight: 14 },
  { is: 'goodwill', weight: 14 }, { is: 'made-anew', weight: 7 },
]

export const gatewayOf: Readonly<Record<Method, string | null>> = {
  card: 'shopify_payments', paypal: 'paypal', klarna: 'klarna', bank: 'bank_deposit', 'cash-on-delivery': 'cash_on_delivery',
  terms: 'manual', 'gift-card': 'gift_card', 'card-and-gift-card': 'shopify_payments', free: null, till: 'cash', marketplace: 'amazon',
}

/** Paid at once by the whole amount: what can be edited, refunded and cancelled without more ado. */
const simple: readonly Method[] = ['card', 'paypal']

export function compose(stage: Stage, people: People, dice: Dice, wish: Wish): Cart {
  const company = companyFor(people, dice, wish)
  const method = wish.method ?? dice.weighted(company === null ? personsPay : companiesPay).is
  const market = company?.market ?? marketFor(stage, dice, wish, method)
  const fate = fateFor(dice, wish, method)
  const place = placeFor(stage, dice, market, method)
  const exempt = company !== null && company.customer.taxExempt
  const bought = linesFor(stage, dice, wish, { market, method, fate, place, exempt })
  const lines = company === null || Object.keys(wish).length > 0 ? bought : [...bought, ...rangeFor(stage, market, exempt)]
  const customer = company?.customer ?? personFor(stage, people, dice, method, wish.returning ?? false)
  const goods = lines.some(({ article }) => article.facts.trait !== 'gift-card')
  const preOrdered = lines.some(({ article }) => article.facts.trait === 'pre-order')
  const at = stage.shopNow()
  const promisedAt = preOrdered ? stage.agenda.now() + dice.int(1, 3) * day : null
  const free = method === 'free'
  const discount = wish.discount ?? (free || lines.some(({ article }) => article.facts.trait === 'gift-card') ? 'none' : discountFor(dice))
  const net = sum(lines.map((line) => line.unitPrice.times(line.quantity)))
  return {
    market, method, fate, place, promisedAt,
    gateway: wish.gateway ?? gatewayOf[method],
    monthly: method === 'terms' && people.billedMonthly.includes(customer.email ?? ''),
    splitCapture: wish.splitCapture ?? (method === 'card' && fate === 'plain' && dice.chance(0.04)),
    checkout: {
      at,
      ...(wish.reusedNumber === true ? { number: reusedNumber(stage, dice) } : {}),
      customerId: customer.id,
      email: customer.email,
      promisedAt: promisedAt === null ? null : promisedAt + stage.weather.clockOffsetMs.shop,
      shipTo: { country: market.country, region: market.region },
      currency: market.currency,
      source: wish.source ?? (method === 'till' ? 'pos' : method === 'marketplace' ? 'amazon' : 'web'),
      test: wish.test ?? false,
      tags: [...(preOrdered ? ['pre-order'] : []), ...(wish.test === true ? ['test'] : [])],
      attributes: promisedAt === null ? [] : [{ key: stage.agreement.promisedAttribute, value: new Date(promisedAt).toISOString() }],
      poNumber: company !== null && dice.chance(0.5) ? `PO-${dice.int(1000, 9999)}` : null,
      paymentTerms: method === 'terms' ? { name: 'Net 30', dueAt: at + 30 * day } : null,
      taxExempt: exempt,
      channelLiable: method === 'marketplace' && (market.country === 'US' || market.country === 'GB'),
      lines: lines.map((line) => ({
        variantId: line.article.variant.id, quantity: line.quantity, unitPrice: line.unitPrice, locationId: place.location.id,
        ...lineDiscount(line, free ? 'free' : discount, market.currency),
      })),
      shipping: parcelFor(market, { wish, method, goods, free, net }),
      ...cartDiscount(discount, wish.discountCode ?? null, net, market.currency),
    },
  }
}

interface BoughtLine {
  readonly article: Article
  readonly quantity: number
  readonly unitPrice: Decimal
}

function companyFor(people: People, dice: Dice, wish: Wish): People['companies'][number] | null {
  if (wish.business === 'exempt') {
    return dice.pick(people.companies.filter((one) => one.customer.taxExempt && !people.billedMonthly.includes(one.customer.email ?? '')))
  }
  if (wish.business === 'monthly') return dice.pick(people.companies.filter((one) => people.billedMonthly.includes(one.customer.email ?? '')))
  const open = Object.keys(wish).filter((key) => key !== 'fate' && key !== 'lines' && key !== 'units').length === 0
  return open && dice.chance(0.1) ? dice.pick(people.companies) : null
}

function marketFor(stage: Stage, dice: Dice, wish: Wish, method: Method): Market {
  if (wish.market !== undefined) return wish.market
  const fitting = markets.filter((market) =>
    (wish.country === undefined || market.country === wish.country) &&
    (wish.region === undefined || market.region === wish.region) &&
    (wish.shipping !== true || market.country !== 'KW') &&
    (method !== 'till' || market.country === 'FR') &&
    ((method !== 'cash-on-delivery' && method !== 'bank' && method !== 'klarna') || market.currency === 'EUR'))
  const found = dice.weighted(fitting)
  if (wish.country !== undefined || wish.region !== undefined) return found
  return neighbourOf(found, (share) => stage.dice('neighbour', stage.shop.books.orders.size).chance(share))
}

function fateFor(dice: Dice, wish: Wish, method: Method): Fate {
  if (wish.fate !== undefined) return wish.fate
  if (Object.keys(wish).length > 0) return 'plain'
  const end = dice.weighted(ends).is
  if (simple.includes(method)) return end
  return method === 'klarna' && end === 'parts' ? end : 'plain'
}

/** The till is in Lyon; Belgium and the Netherlands are served from Gent. */
function placeFor(stage: Stage, dice: Dice, market: Market, method: Method): Place {
  const [lyon, gent] = stage.house.places
  if (lyon === undefined || gent === undefined) throw new Error('The house has two places.')
  if (method === 'till') return lyon
  return market.country === 'BE' || market.country === 'NL' || dice.chance(0.2) ? gent : lyon
}

interface Setting {
  readonly market: Market
  readonly method: Method
  readonly fate: Fate
  readonly place: Place
  readonly exempt: boolean
}

function linesFor(stage: Stage, dice: Dice, wish: Wish, setting: Setting): readonly BoughtLine[] {
  const { market, fate, place, exempt } = setting
  const needsTwo = fate === 'parts' || fate === 'edit-less' || fate === 'return-some'
  const count = wish.lines ?? dice.weighted([{ is: 1, weight: 5 }, { is: 2, weight: 3 }, { is: 3, weight: 2 }, { is: 5, weight: 1 }]).is
  const onSale = stage.house.articles.filter((article) => mayBeBought(stage, article, setting, wish))
  const first = onSale.filter((article) =>
    (wish.sku === undefined || article.facts.sku === wish.sku) &&
    (wish.trait === undefined || article.facts.trait === wish.trait) && (wish.rateClass === undefined || article.facts.rateClass === wish.rateClass))
  const chosen = new Set<Article>([dice.weighted(first.map((article) => ({ article, weight: article.facts.weight }))).article])
  for (let tries = 0; chosen.size < count && tries < 20; tries += 1) {
    chosen.add(dice.weighted(onSale.map((article) => ({ article, weight: article.facts.weight }))).article)
  }
  return [...chosen].map((article, at) => ({
    article,
    quantity: Math.max(at === 0 ? Math.max(wish.units ?? 1, needsTwo ? 2 : 1) : 1, article.facts.trait === 'plain' ? dice.int(1, 3) : 1),
    unitPrice: priceIn(market, euroWorth(market.currency), article.variant.price, article.facts.rateClass, exempt),
  })).filter(({ article, quantity }) => article.facts.trait !== 'plain' || availableAt(stage, article, place) >= quantity)
}

/** Now and then a company takes a range of shades with what else it buys; by dice of its own. */
const rangeShare = 0.2

function rangeFor(stage: Stage, market: Market, exempt: boolean): readonly BoughtLine[] {
  const dice = stage.dice('range', stage.shop.books.orders.size)
  if (!dice.chance(rangeShare)) return []
  const shades = stage.house.articles.filter(({ facts }) => facts.trait === 'cut-to-order')
  return shades.slice(0, dice.int(30, shades.length)).map((article) => ({
    article, quantity: dice.int(1, 5), unitPrice: priceIn(market, euroWorth(market.currency), article.variant.price, article.facts.rateClass, exempt),
  }))
}

/** What is odd is bought alone or by wish, so that orders with a fate of their own stay simple. */
function mayBeBought(stage: Stage, article: Article, { method, fate, place }: Setting, wish: Wish): boolean {
  const { trait } = article.facts
  if (article.variant.status !== 'ACTIVE' || article.variant.sku !== article.facts.sku) return false
  if (trait === 'plain' || trait === 'case') {
    return !(trait === 'case' && wish.trait === 'plain') && !stage.frozen.has(stockKey(article.facts.sku, place)) && availableAt(stage, article, place) >= 12
  }
  if (wish.trait === trait) return true
  // sent in a parcel of its own, which a scenario knows nothing of
  if (trait === 'drop-ship' && Object.keys(wish).length > 0) return false
  return trait !== 'cut-to-order' && wish.trait === undefined && fate === 'plain' && method === 'card'
}

export function availableAt(stage: Stage, article: Article, place: Place): number {
  return stage.levelOf(article, place)?.available ?? 0
}

function personFor(stage: Stage, people: People, dice: Dice, method: Method, returning: boolean): { readonly id: number; readonly email: string | null; readonly taxExempt: boolean } {
  const at = stage.shopNow()
  const known = stage.shop.books.customers.size
  if (method === 'marketplace') {
    const person = aPerson(dice, known)
    return stage.shop.addCustomer({ ...person, email: `${dice.int(100_000, 999_999)}${known}@relay.marketplace.example` }, at)
  }
  const before = returning ? people.persons.filter((person) => stage.partners.has(identityOf(person))) : []
  if (before.length > 0) return dice.pick(before)
  return dice.chance(0.35) ? stage.shop.addCustomer(aPerson(dice, known), at) : dice.pick(people.persons)
}

function reusedNumber(stage: Stage, dice: Dice): number {
  for (;;) {
    const number = dice.int(1, 999)
    if (!stage.cases.has(String(number))) return number
  }
}

function discountFor(dice: Dice): NonNullable<Wish['discount']> {
  return dice.weighted([
    { is: 'none', weight: 75 }, { is: 'line', weight: 8 }, { is: 'cart', weight: 9 }, { is: 'code', weight: 8 },
  ] as const).is
}

function lineDiscount(
  line: BoughtLine, discount: NonNullable<Wish['discount']> | 'free', currency: string,
): { readonly discount?: { readonly amount: Decimal; readonly code: string | null } } {
  const whole = line.unitPrice.times(line.quantity)
  if (discount === 'free') return { discount: { amount: whole, code: 'MERCI' } }
  return discount === 'line' ? { discount: { amount: booked(whole.times('0.15'), currency), code: null } } : {}
}

function cartDiscount(
  discount: NonNullable<Wish['discount']>, code: string | null, net: Decimal, currency: string,
): Pick<Checkout, 'cartDiscount'> {
  if (discount !== 'cart' && discount !== 'code') return {}
  const amount = booked(net.times(discount === 'cart' ? '0.1' : '0.25'), currency)
  return { cartDiscount: { amount, code: code ?? (discount === 'code' ? 'BIENVENUE25' : null) } }
}

function parcelFor(
  market: Market,
  { wish, method, goods, free, net }: { readonly wish: Wish; readonly method: Method; readonly goods: boolean; readonly free: boolean; readonly net: Decimal },
): Checkout['shipping'] {
  if (method === 'till' || !goods) return []
  const title = wish.shippingTitle ?? (market.country === 'FR' ? 'Colissimo' : 'DPD')
  if (free) return [{ title, price: market.parcel, discountedPrice: zero }]
  const costs = wish.shipping === true || net.lessThan(market.freeFrom)
  return [{ title, price: costs ? market.parcel : zero }]
}
