/** What screens are told of orders: a row of the list, the whole chain of one, and what a search finds. */
import { z } from 'zod'
import { causes, evidenceSchema, incidentStates, severities } from '../domain/incident.ts'
import { actionIds, intentStates } from '../domain/intent.ts'
import { moneySchema } from '../domain/money.ts'
import { payoutStates } from '../domain/payout.ts'
import { orderSchema } from '../domain/records.ts'
import { ticketView } from './ticket-views.ts'
import { asOfView } from './views.ts'

const instant = z.int()
const day = z.iso.date()

/** not-judged: it should have been, and why not is said; not-due: nobody has to have it yet. */
export const orderVerdicts = ['fine', 'incident', 'not-judged', 'not-due', 'out-of-scope'] as const
export type OrderVerdict = (typeof orderVerdicts)[number]

export const verdictView = z
  .object({
    kind: z.enum(orderVerdicts),
    /** In words: the worst incident's title, why it is not judged, what it waits for; null when all is well. */
    why: z.string().nullable(),
    /** Of the worst incident, and how many there are. */
    severity: z.enum(severities).nullable(),
    incident: z.string().nullable(),
    incidents: z.int(),
  })
  .readonly()
export type VerdictView = z.infer<typeof verdictView>

/** Where an order stands in the ERP. unknown: not read that far. */
export const erpStandings = ['draft', 'open', 'done', 'several', 'cancelled', 'suspect', 'absent', 'not-due', 'unknown'] as const
export type ErpStanding = (typeof erpStandings)[number]

export const orderRow = z
  .object({
    number: z.string(),
    placedAt: instant,
    channel: z.string().nullable(),
    total: moneySchema,
    payment: orderSchema.shape.payment.shape.state,
    /** Captured and paid by gift card, less refunded. */
    paid: moneySchema,
    erp: z.object({ state: z.enum(erpStandings), numbers: z.array(z.string()).max(5) }),
    verdict: verdictView,
  })
  .readonly()
export type OrderRow = z.infer<typeof orderRow>

export const orderSorts = ['newest', 'oldest', 'number', 'number-down'] as const

export const ordersQuestion = z.object({
  pair: z.string(),
  filter: z.object({
    verdict: z.enum(orderVerdicts).nullable(),
    channel: z.string().max(500).nullable(),
    /** Business days where the merchant is, both included. */
    from: day.nullable(),
    to: day.nullable(),
  }),
  /** How the number begins; rows then come by number. */
  search: z.string().max(100).nullable(),
  sort: z.enum(orderSorts),
  limit: z.int().min(1).max(200),
  /** As the page before gave it; null: the first page. */
  cursor: z.string().max(400).nullable(),
})

export const ordersView = z
  .object({
    rows: z.array(orderRow),
    /** Where the next page begins; null where nothing follows. */
    next: z.string().nullable(),
    /** Up to which order was looked, when a page was not filled within one look. */
    through: z.object({ number: z.string(), placedAt: instant }).nullable(),
    sort: z.enum(orderSorts),
    held: z.int(),
    channels: z.array(z.string()),
    asOf: asOfView,
  })
  .readonly()
export type OrdersView = z.infer<typeof ordersView>

export const stationKinds = ['order', 'payment', 'erp-order', 'delivery', 'parcel', 'invoice', 'refund', 'credit-note'] as const
export type StationKind = (typeof stationKinds)[number]

/** missing: it should be there and is proven not to be; unknown: nobody can say yet; none: nothing is expected. */
export const stationStates = ['there', 'partly', 'missing', 'not-due', 'unknown', 'none'] as const
export type StationState = (typeof stationStates)[number]

export const stationView = z
  .object({
    kind: z.enum(stationKinds),
    side: z.enum(['shop', 'erp']),
    state: z.enum(stationStates),
    /** The platform's own standing of it, in a word: "posted", "captured". */
    word: z.string(),
    at: instant.nullable(),
    amount: moneySchema.nullable(),
    dueAt: instant.nullable(),
    why: z.string().nullable(),
    documents: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          word: z.string(),
          at: instant.nullable(),
          amount: moneySchema.nullable(),
          /** Carriers' numbers, a reason. */
          says: z.array(z.string()).max(20),
          /** Still counts: neither cancelled nor somebody else's. */
          stands: z.boolean(),
        }),
      )
      .max(50),
  })
  .readonly()
export type StationView = z.infer<typeof stationView>

const lineSide = z.object({ quantity: z.string(), net: z.string(), tax: z.string(), rates: z.string() }).nullable()

export const chainTaxView = z
  .object({
    currency: z.string(),
    shop: z.string(),
    erp: z.string(),
    lines: z.array(z.object({ title: z.string(), shop: lineSide, erp: lineSide, differs: z.array(z.string()) })).max(200),
    kind: z.enum(['equal', 'explained', 'ambiguous', 'unexplained']),
    /** The smallest sets of differences that turn the shop's tax into the ERP's; several where several do. */
    sets: z.array(z.array(z.object({ cause: z.enum(causes), says: z.string() }))).max(5),
    /** So many sets beside those. */
    more: z.int(),
    /** Too much differs to try every set: others may be as good. */
    cut: z.boolean(),
    /** Shop less ERP, that no known difference explains. */
    left: moneySchema.nullable(),
    methods: z.object({ shop: z.string().nullable(), erp: z.string().nullable() }),
  })
  .readonly()
export type ChainTaxView = z.infer<typeof chainTaxView>

export const chainIncidentView = z
  .object({
    id: z.string(),
    title: z.string(),
    severity: z.enum(severities),
    state: z.enum(incidentStates),
    amount: moneySchema.nullable(),
    says: z.string(),
    openedAt: instant,
  })
  .readonly()

export const chainReplayView = z
  .object({
    id: z.string(),
    incident: z.string(),
    action: z.enum(actionIds),
    /** Null: it was on its way then, and how far is not kept. */
    state: z.enum(intentStates).nullable(),
    says: z.string(),
    at: instant,
  })
  .readonly()

/** expected: in no payout that was read yet. */
export const paidOutView = z
  .object({
    /** The payout's number; null where there is none yet. */
    payout: z.string().nullable(),
    state: z.enum([...payoutStates, 'expected']),
    /** When it was sent to the bank, or will be; of what is expected by when, null where nothing tells. */
    at: instant.nullable(),
    /** Of this order alone: below nothing where more went back than came. */
    gross: moneySchema,
    fee: moneySchema.nullable(),
    net: moneySchema.nullable(),
  })
  .readonly()
export type PaidOutView = z.infer<typeof paidOutView>

export const chainView = z
  .object({
    pair: z.string(),
    number: z.string(),
    /** The moment it is told for; null: now. */
    at: instant.nullable(),
    /** What cannot be told for that moment, in words. */
    untold: z.array(z.string()),
    shopLabel: z.string(),
    erpLabel: z.string(),
    shopAsOf: asOfView,
    erpAsOf: asOfView,
    channel: z.string().nullable(),
    market: z.string().nullable(),
    verdict: verdictView,
    stations: z.array(stationView),
    figures: z.array(evidenceSchema),
    /** On its way to the merchant's bank, the oldest first; empty where the shop's platform pays nothing out. */
    payouts: z.array(paidOutView).max(20),
    tax: chainTaxView.nullable(),
    incidents: z.array(chainIncidentView).max(100),
    replays: z.array(chainReplayView).max(100),
    /** Support tickets that name it, newest first. */
    tickets: z.array(ticketView).max(50),
    /** What changed when, newest first. */
    changes: z
      .array(
        z.object({
          at: instant,
          side: z.enum(['shop', 'erp']),
          what: z.string(),
          kind: z.enum(['first', 'changed', 'gone', 'back']),
          changes: z.array(z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
        }),
      )
      .max(200),
  })
  .readonly()
export type ChainView = z.infer<typeof chainView>

export const foundKinds = ['order', 'erp-order', 'product', 'customer', 'invoice', 'credit-note'] as const
export type FoundKind = (typeof foundKinds)[number]

/** queue: there is no screen of it, and the queue is searched for its number. */
export const foundWays = ['order', 'product', 'erp-customer', 'shop-customer', 'incident', 'queue'] as const

export const foundView = z
  .object({
    kind: z.enum(foundKinds),
    pair: z.string(),
    /** What the screen of its kind calls it: an order's number, a SKU, a customer's id. */
    key: z.string(),
    /** The screen that it opens; a document of no order leads to what is said of it, or to whom it is for. */
    leads: z.enum(foundWays),
    label: z.string(),
    /** Where it was found, and whose it is. */
    says: z.string(),
  })
  .readonly()
export type FoundView = z.infer<typeof foundView>

export const searchView = z.object({ rows: z.array(foundView).max(50), more: z.boolean() }).readonly()
export type SearchView = z.infer<typeof searchView>
