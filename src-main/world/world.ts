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
  readonly subject: {
    readonly kind: 'order' | 'sku' | 'invoice' | 'stream' | 'connection' | 'customer' | 'product'
    /** The order's name without "#", the SKU (with "@location" for stock), the invoice's number … */
    readonly key: string
  }
  /** Shop less ERP, major units; null where the rule states none. */
  readonly amount: { readonly value: Decimal; readonly currency: string } | null
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

export interface Truth {
  readonly planted: readonly Planted[]
  readonly innocents: readonly Innocent[]
  /** Orders placed by now, of all kinds, and how many of them no fault was planted on. */
  readonly orders: number
  readonly cleanOrders: number
}

export interface World {
  readonly shop: Shop
  readonly erp: Erp
  /** Lets the business go on until the instant, in order; never backwards. */
  advance(to: Instant): void
  /** When the next thing happens by itself; null when nothing is planned. */
  nextAt(): Instant | null
  truth(): Truth
  /** What a visitor of the demo may break or mend, with a line for the button. */
  readonly levers: readonly Lever[]
  /** Throws for a lever that does not exist. */
  pull(lever: string, at: Instant): void
}

export interface Lever {
  readonly name: string
  readonly title: string
  readonly says: string
  /** Whether it holds until it is mended, or happens once. */
  readonly kind: 'switch' | 'once'
  readonly on: boolean
}
