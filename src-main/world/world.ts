/** The lying world: a shop, an ERP, and the integration between them, with the truth known. */
import type { Decimal } from './decimal.ts'
import type { Erp } from './erp/erp.ts'
import type { Shop } from './shop/shop.ts'

/** Milliseconds since 1970, in true time: the platforms' own clocks may be off. */
export type Instant = number

export const patterns = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09', 'F10', 'F11', 'F12'] as const
export type Pattern = (typeof patterns)[number]

/** One fault that was planted, with everything a monitor should come to say about it. */
export interface Planted {
  readonly scenario: string
  readonly pattern: Pattern
  /** The detector that must speak, as `F02-paid-order-missing`. */
  readonly rule: string
  /** One that may speak in its place, where it comes to the same. */
  readonly instead?: string
  readonly subject: {
    readonly kind: 'order' | 'sku' | 'invoice' | 'stream' | 'connection' | 'customer' | 'product'
    /** The order's name without "#", the SKU (with "@location" for stock), the invoice's number … */
    readonly key: string
  }
  /** Shop less ERP, major units; null where the rule states none, or none that is known beforehand. */
  readonly amount: { readonly value: Decimal; readonly currency: string } | null
  /** Why nobody knows it beforehand, in a sentence; left out where the rule states none. */
  readonly unpriced?: string
  readonly cause: string | null
  /** Money is lost or wrong while nobody sees it: recall must be whole. */
  readonly critical: boolean
  readonly plantedAt: Instant
  /** From when both sides together show it: the due moment, without any grace. */
  readonly findableAt: Instant
  /** When it stopped being so; null while it lasts. */
  healedAt: Instant | null
}

/** A subject that looks like a fault and is none: nothing may ever be said of it. */
export interface Innocent {
  readonly scenario: string
  readonly subject: Planted['subject']
  /** Why it is fine, in a sentence. */
  readonly because: string
}

/** Something is wrong with it that no detector is bound to name: neither a miss when nothing is said, nor a false alarm. */
export interface Excused {
  readonly subject: Planted['subject']
  /** Null: of any rule. */
  readonly rule: string | null
  readonly from: Instant
  /** From when on it is no excuse any more; null while it is one. */
  to: Instant | null
  readonly because: string
}

export interface Truth {
  readonly planted: readonly Planted[]
  readonly innocents: readonly Innocent[]
  readonly excused: readonly Excused[]
  /** Orders placed by now, of all kinds, and how many of them no fault was planted on. */
  readonly orders: number
  readonly cleanOrders: number
}

/** What the servers are like just now; the wire reads it at each request. */
export interface Weather {
  erpDown: boolean
  shopDown: boolean
  /** The shop answers THROTTLED to nearly everybody. */
  shopThrottled: boolean
  erpThrottled: boolean
  /** The monitor's key is refused. */
  shopRefusesKey: boolean
  erpRefusesKey: boolean
  /** Share of requests that end in a 5xx, and that never end. */
  readonly errorShare: { shop: number; erp: number }
  readonly silenceShare: { shop: number; erp: number }
  /** Streams that the platform answers with errors while it answers the others: `stock`, `orders` … */
  readonly streamDown: { readonly shop: Set<string>; readonly erp: Set<string> }
  /** How much longer each answer about a stream takes, in milliseconds: its table has grown, or lost an index. */
  readonly streamSlowMs: { readonly shop: Map<string, number>; readonly erp: Map<string, number> }
  /** What a platform's clock is ahead of true time by; the books' stamps have it already, a `Date` header is to. */
  readonly clockOffsetMs: { shop: number; erp: number }
}

/** What both sides have agreed on: what somebody who connects a monitor would tell it of the business. */
export interface Agreement {
  /** A regular expression with the groups `store` and `number`, and the store's code. */
  readonly reference: string
  readonly store: string
  readonly zone: string
  /** When the ERP should have an order, by payment gateway; `*`: any other. */
  readonly due: Readonly<Record<string, 'placed' | 'authorised' | 'captured'>>
  /** ERP warehouse code to shop location. */
  readonly locations: Readonly<Record<string, string>>
  readonly stockBuffer: number
  readonly stockShare: number
  readonly stockTargetMinutes: number
  readonly graceMinutes: number
  /** SKU to how many of the ERP's units make one of the shop's. */
  readonly packs: Readonly<Record<string, number>>
  /** Kit to its parts: the ERP sells the kit under its own SKU, and its parts leave the shelf. */
  readonly kits: Readonly<Record<string, readonly { readonly sku: string; readonly units: number }[]>>
  /** Logins of the ERP's users. */
  readonly actors: { readonly integration: string; readonly people: readonly string[]; readonly monitor: string }
  readonly shippingSku: string
  readonly markets: readonly string[]
  readonly gateways: readonly string[]
  readonly channels: readonly string[]
  readonly shippingMethods: readonly string[]
  readonly discountCodes: readonly string[]
  readonly taxTitles: readonly string[]
  /** What the ERP says of where an order stands, and what that means to both sides. */
  readonly statuses: Readonly<Record<string, 'draft' | 'open' | 'done' | 'cancelled'>>
  /** E-mail addresses of companies whose orders on account are billed at the end of each month. */
  readonly billedMonthly: readonly string[]
  readonly testMarks: readonly string[]
  /** An order's attribute that holds the promised moment of a pre-order. */
  readonly promisedAttribute: string
  /** Addresses that stand for many people. */
  readonly sharedEmails: readonly string[]
}

export interface World {
  readonly shop: Shop
  readonly erp: Erp
  readonly weather: Weather
  readonly agreement: Agreement
  /** Lets the business go on until the instant, in order; never backwards. */
  advance(to: Instant): void
  /** When the next thing happens by itself; null when nothing is planned. */
  nextAt(): Instant | null
  truth(): Truth
  /** What a visitor of the demo may break or mend, with a line for the button. */
  readonly levers: readonly Lever[]
  /** Throws for a lever that does not exist. */
  pull(lever: string, at: Instant): void
  /** Plays a scenario, or its twin, at once and whatever the rates are. Throws for one that does not exist, and names those that do. */
  stage(scenario: string, twin?: boolean): void
}

export interface Lever {
  readonly name: string
  readonly title: string
  readonly says: string
  /** Whether it holds until it is mended, or happens once. */
  readonly kind: 'switch' | 'once'
  readonly on: boolean
  /** The scenario that the faults are planted under which come of it. */
  readonly plants: string
}
