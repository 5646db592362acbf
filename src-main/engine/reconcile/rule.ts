/** What a rule is: a pure judgement over one subject seen through a lens, with no clock, no store and no settings of its own. */
import { z } from 'zod'
import type { FaultClass } from '../../domain/fault.ts'
import type { Cause, Evidence, Severity } from '../../domain/incident.ts'
import type { ActionId } from '../../domain/intent.ts'
import type { Money } from '../../domain/money.ts'
import type { PairSettings } from '../../domain/pair.ts'
import type { TaxFacets } from '../../domain/tax-facets.ts'
import { type Instant, type Span, minutes } from '../../domain/time.ts'
import type { ChainSeen } from './lenses/chain.ts'
import type { ConnectionSeen } from './lenses/connection.ts'
import type { CustomerSeen } from './lenses/customer.ts'
import type { DaySeen } from './lenses/day.ts'
import type { DocumentFlowSeen } from './lenses/document-flow.ts'
import type { FlowSeen } from './lenses/flow.ts'
import type { IncidentSeen } from './lenses/incident.ts'
import type { InvoiceSeen } from './lenses/invoice.ts'
import type { OrderSeen } from './lenses/order.ts'
import type { ProductSeen } from './lenses/product.ts'
import type { StockFlowSeen } from './lenses/stock-flow.ts'
import type { StockSeen } from './lenses/stock.ts'
import type { StreamSeen } from './lenses/stream.ts'
import type { WatchSeen } from './lenses/watch.ts'

/** Something is wrong. What is left out takes the rule's default or is null. */
export interface Speaks {
  readonly kind: 'speaks'
  readonly severity?: Severity
  readonly amount?: Money | null
  readonly cause?: Cause | null
  readonly says: string
  readonly evidence: readonly Evidence[]
  /** When it was due; null where no moment was. */
  readonly dueAt?: Instant | null
  /** The class of faults that it is about: whose it is, by when, and when the next one is told are that class's own. */
  readonly faultClass?: FaultClass | null
  /** Of one cause with others: these make one incident together, named so, with the sum of their amounts. */
  readonly partOf?: string
  /** By what the difference of tax that it speaks of is rolled up. */
  readonly facets?: TaxFacets
  /** It holds by what is known, and something moved that cannot be judged yet: asked again once both sides are covered up to there. */
  readonly again?: NotJudgedYet
}

/** It cannot be said yet. `until`: it can, once both sides are covered up to there; null: once its records change. */
export interface NotJudgedYet {
  readonly kind: 'not-judged'
  readonly why: string
  readonly until: Instant | null
  /** What it may have said before is over all the same: what it waits for is another thing. */
  readonly settles?: boolean
}

export type Verdict = Speaks | NotJudgedYet | null

export interface Lenses {
  readonly order: OrderSeen
  /** The same order with what follows it: invoices, credit notes, deliveries, parcels. */
  readonly chain: ChainSeen
  readonly stock: StockSeen
  readonly invoice: InvoiceSeen
  readonly product: ProductSeen
  readonly customer: CustomerSeen
  readonly stream: StreamSeen
  readonly connection: ConnectionSeen
  /** All orders of a pair on their way into the ERP. */
  readonly flow: FlowSeen
  /** What follows a pair's deliveries: parcels on their way to the shop, or bills. */
  readonly documentFlow: DocumentFlowSeen
  /** All stock changes of a pair on their way into the shop. */
  readonly stockFlow: StockFlowSeen
  /** An incident as something that somebody must see to. */
  readonly incident: IncidentSeen
  /** This monitor itself. */
  readonly watch: WatchSeen
  /** A business day in one currency, as something to be signed. */
  readonly day: DaySeen
}

/** What may be other than it was read. */
export type Rereads = 'drafts' | 'both'

export interface Rule<Over extends keyof Lenses = keyof Lenses, Params = unknown> {
  /** The file's name. */
  readonly id: string
  readonly title: string
  readonly over: Over
  readonly severity: Severity
  readonly params: z.ZodType<Params>
  readonly repair: ActionId | null
  /** What an owner does about it, step by step. */
  readonly guide: readonly string[]
  /** The side whose lack of a record it speaks of: looked up live before an incident opens (DESIGN §3). */
  readonly absentOn: 'shop' | 'erp' | null
  /**
   * Over orders and what follows them: what is read again live before an incident opens. `drafts`: those of the ERP under
   * the number, as what was deleted since leaves no trace among the changes. `both`: the order on either side, as a list
   * may show late what the other side answered to long ago.
   */
  readonly rereads?: Rereads
  /**
   * Over orders and what follows them: a promise never to speak of, nor to put off, an order on which both sides' gists
   * agree (gist.ts) and that no document follows yet. A law holds every rule to it. Who does not promise it, because
   * agreeing orders may be wrong in what it looks at, has every order of a pair gathered again, unless it sleeps there.
   */
  readonly silentOnAgreement?: true
  /** True for a pair whose settings leave it nothing to say of any subject: it looks at maps or owners that are not there. */
  asleep?(settings: PairSettings, params: Params): boolean
  /** How what it calls part of a whole is told as one incident; left out where it never does. */
  readonly together?: { readonly severity: Severity; says(count: number, whole: string): string }
  detect(seen: Lenses[Over], context: { readonly params: Params }): Verdict
}

/** Keeps a rule's own lens and parameters while it is written. */
export function defineRule<Over extends keyof Lenses, Params>(rule: Rule<Over, Params>): Rule<Over, Params> {
  return rule
}

/** How long a rule waits beyond its moment, for rules that need another patience than the pair's grace; null: that grace. */
export function graceOf(defaultMinutes: number | null) {
  return z
    .int()
    .min(0)
    .max(525_600)
    .nullable()
    .default(defaultMinutes)
    .meta({ title: 'Grace, in minutes', description: defaultMinutes === null ? 'How long it waits beyond its moment. Empty: as long as the pair does.' : 'How long it waits beyond its moment.' })
}

export function patience(seen: { readonly graceMs: Span }, params: { readonly graceMinutes: number | null }): Span {
  return params.graceMinutes === null ? seen.graceMs : minutes(params.graceMinutes)
}

export function notJudged(why: string, until: Instant | null): NotJudgedYet {
  return { kind: 'not-judged', why, until }
}

/** One line of evidence; what both sides say in equal words does not differ. */
export function evidence(label: string, shop: string | null, erp: string | null, differs = shop !== erp): Evidence {
  return { label: label.slice(0, 120), shop: shop?.slice(0, 500) ?? null, erp: erp?.slice(0, 500) ?? null, differs }
}
