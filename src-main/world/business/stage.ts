/** What all that happens in the world shares: both sides' books, the clocks, the chance, and where every order stands. */
import type { Decimal } from '../decimal.ts'
import type { Erp, Move, Product, Sale, Warehouse } from '../erp/erp.ts'
import type { Level, Location, Order, Refund, Shop, Variant } from '../shop/shop.ts'
import type { TruthBook } from '../truth.ts'
import type { Agreement, Excused, Instant, Weather } from '../world.ts'
import type { Agenda } from './agenda.ts'
import type { Calendar } from './calendar.ts'
import type { ArticleFacts } from './catalogue.ts'
import type { Dice } from './dice.ts'
import type { Market, RateClass } from './markets.ts'

/** A SKU as both sides have it. */
export interface Article {
  readonly facts: ArticleFacts
  readonly variant: Variant
  readonly product: Product
}

/** A house that goods lie in: the shop's location, the ERP's warehouse. */
export interface Place {
  readonly location: Location
  readonly warehouse: Warehouse
}

/** Ids of the ERP's users. */
export interface Staff {
  readonly integration: number
  readonly clerk: number
  readonly picker: number
  readonly seller: number
}

export interface House {
  readonly articles: readonly Article[]
  readonly places: readonly Place[]
  readonly staff: Staff
  /** The ERP's product for parcels. */
  readonly parcel: Product
  /** What is taxed as this, and who hands the tax over; made when it is first needed. */
  taxFor(kind: TaxKind): number
  articleOf(sku: string | null): Article | null
  ofVariant(variantId: number | null): Article | null
  ofProduct(productId: number): Article | null
}

export interface TaxKind {
  readonly title: string
  /** A fraction. */
  readonly rate: Decimal
  readonly included: boolean
  readonly byMarketplace: boolean
}

/** What the integration brings from one side to the other, each by a line of its own. */
export const flows = ['orders', 'cancellations', 'edits', 'fulfilments', 'invoices', 'credits', 'stock', 'people'] as const
export type Flow = (typeof flows)[number]

export const methods = ['card', 'paypal', 'klarna', 'bank', 'cash-on-delivery', 'terms', 'gift-card', 'card-and-gift-card', 'free', 'till', 'marketplace'] as const
export type Method = (typeof methods)[number]

/** What becomes of an order, decided when it is placed. */
export const fates = [
  'plain', 'parts', 'edit-more', 'edit-less', 'edit-added', 'cancel-early', 'cancel-late', 'refund-early', 'return-some',
  'return-all', 'goodwill', 'made-anew',
] as const
export type Fate = (typeof fates)[number]

/** The moments of an order's life at which a scenario may step in: before what is named in the present, after what is named in the past. */
export const steps = [
  'placed', 'paid', 'book', 'booked', 'edited', 'amend', 'cancelled', 'withdraw', 'ship', 'shipped', 'tell', 'told', 'invoice',
  'invoiced', 'refunded', 'credit', 'credited',
] as const
export type Step = (typeof steps)[number]

export type Script = { readonly [S in Step]?: (one: Case) => 'instead' | void }

/** One order of the shop, with all that it has brought about. */
export interface Case {
  readonly order: Order
  /** As people know it: without "#". */
  readonly number: string
  readonly market: Market
  readonly method: Method
  readonly gateway: string | null
  readonly place: Place
  readonly fate: Fate
  readonly monthly: boolean
  script: Script | null
  readonly dice: Dice
  readonly placedAt: Instant
  /** When the ERP should have it, in true time; null while nothing is due. */
  dueAt: Instant | null
  /** The live document in the ERP, and when it was made. */
  sale: Sale | null
  bookedAt: Instant | null
  /** When the first parcel left, and the last one so far. */
  shippedAt: Instant | null
  sentAt: Instant | null
  invoices: Move[]
  credits: Move[]
  /** Given back before there was an invoice that could be credited. */
  readonly uncredited: Refund[]
}

export interface Stage {
  readonly seed: number
  readonly shop: Shop
  readonly erp: Erp
  readonly agenda: Agenda
  readonly calendar: Calendar
  readonly weather: Weather
  readonly agreement: Agreement
  readonly house: House
  readonly truth: TruthBook
  readonly cases: Map<string, Case>
  /** Orders that hold the shop's stock and that the ERP's stock does not know of. */
  readonly waiting: Set<Case>
  /** Levels that the stock sync passes over, as `SKU@location`, and how it may be wrong about others. */
  readonly frozen: Set<string>
  /** Shelves that were put right a moment ago: who has not looked since takes what follows there for the same thing. */
  readonly mended: Set<string>
  /** Levels that have moved in the shop alone, as `product warehouse`: the stock sync looks at them again. */
  readonly dirty: Set<string>
  readonly stopped: Set<Flow>
  /** When an order came to the ERP last, brought by no person, and what is excused until the next one does. */
  readonly inflow: { lastAt: Instant; readonly excused: Excused[] }
  /** How many figures the stock sync has brought over by now. */
  readonly sync: { brought: number }
  readonly held: { readonly flow: Flow; readonly happens: () => void }[]
  /** The market whose taxes the shop's checkout computes just now. */
  readonly desk: { market: Market }
  /** By which class the shop taxes a variant: as the catalogue says, until a law says otherwise. */
  readonly classes: Map<number, RateClass>
  /** ERP partners by what the integration finds customers by. */
  readonly partners: Map<string, number>
  /** Orders that come to another cent as the ERP rounds over the document, each with a look at whether it does still. */
  readonly rounded: Map<Case, () => void>
  /** What scenarios have shown once, as the first order of a market. */
  readonly met: Set<string>
  /** Delivered, and to be billed at the end of the month, by ERP partner. */
  readonly unbilled: Map<number, Case[]>
  levelOf(article: Article, place: Place): Level | null
  /** Readings of the platforms' own clocks. */
  shopNow(): Instant
  erpNow(): Instant
  dice(...purpose: readonly (string | number)[]): Dice
}

/** Does a step of an order's life, unless its scenario does something else instead. */
export function take(one: Case, step: Step, usual: () => void): void {
  if (one.script?.[step]?.(one) !== 'instead') usual()
}

/** Says that a step is behind an order, for a scenario that waits for it. */
export function passed(one: Case, step: Step): void {
  one.script?.[step]?.(one)
}

export function stockKey(sku: string, place: Place): string {
  return `${sku}@${place.location.name}`
}

export function referenceOf(stage: Stage, number: string): string {
  return `${stage.agreement.store}-${number}`
}

export function isDown(stage: Stage, flow: Flow): boolean {
  const { weather } = stage
  if (flow === 'people') return weather.erpDown
  return stage.stopped.has(flow) || weather.erpDown || weather.shopDown
}
