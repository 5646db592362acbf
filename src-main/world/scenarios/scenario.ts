/** What a scenario is: one way in which shop and ERP come apart, and a twin that looks like it and is fine. */
import type { Decimal } from '../decimal.ts'
import type { Wish } from '../business/carts.ts'
import type { Dice } from '../business/dice.ts'
import type { Case, Script, Stage } from '../business/stage.ts'
import type { Excused, Pattern, Planted } from '../world.ts'

/** What a scenario may do, and say about it. */
export interface Tools {
  readonly stage: Stage
  readonly dice: Dice
  /** Labels the fault; what is left out is the scenario's own. */
  plant(label: LabelDraft): Planted
  heal(planted: Planted): void
  /** In true time from now. */
  after(spanMs: number, happens: () => void): void
  /** Somebody buys something; without a script nothing else is to be said of it. */
  buy(wish: Wish, script?: (one: Case) => Script): void
  innocent(subject: Planted['subject'], because?: string): void
  /** Nothing is bound to be said of it, by a rule or by any. */
  excuse(subject: Planted['subject'], rule: string | null, because: string): Excused
}

export interface LabelDraft {
  readonly subject: Planted['subject']
  readonly rule?: string
  readonly instead?: string
  readonly amount?: { readonly value: Decimal; readonly currency: string } | null
  readonly unpriced?: string
  readonly cause?: string | null
  readonly critical?: boolean
  readonly findableAt?: number
}

interface Face {
  /** As `F02-order-lost-webhook`. */
  readonly name: string
  readonly says: string
  /** The detectors that must wake; the first is what a label says unless it says otherwise. */
  readonly rules: readonly string[]
  /** Money is lost or wrong while nobody sees it. */
  readonly critical: boolean
  /** Why the twin is fine. */
  readonly twin: string
}

/** Played on one order, which is shaped for it. */
export interface OrderScenario extends Face {
  readonly kind: 'order'
  readonly wish: Wish
  readonly script: (tools: Tools, one: Case) => Script
  readonly twinWish?: Wish
  readonly twinScript: (tools: Tools, one: Case) => Script
}

/** Happens to stock, products, customers, or the platforms themselves. */
export interface WorldScenario extends Face {
  readonly kind: 'world'
  /** The platforms or whole flows: only one of these at a time. */
  readonly alone: boolean
  /** How long it takes at the most, for those that are played alone. */
  readonly lastsMs?: number
  /** Put off to working hours, as nothing would be held up at night. */
  readonly atWork?: boolean
  readonly happens: (tools: Tools) => void
  readonly twinHappens: (tools: Tools) => void
}

export type Scenario = OrderScenario | WorldScenario

export function patternOf(scenario: Pick<Face, 'name'>): Pattern {
  const start = scenario.name.slice(0, 3)
  switch (start) {
    case 'F01': case 'F02': case 'F03': case 'F04': case 'F05': case 'F06':
    case 'F07': case 'F08': case 'F09': case 'F10': case 'F11': case 'F12':
      return start
    default:
      throw new Error(`${scenario.name} does not begin with its pattern.`)
  }
}

export function orderOf(one: Case): Planted['subject'] {
  return { kind: 'order', key: one.number }
}

export function money(value: Decimal, one: Case): { readonly value: Decimal; readonly currency: string } {
  return { value, currency: one.order.currency }
}
