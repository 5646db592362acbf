/** What the stock screen is told: each SKU at each location, what its expected figure is the sum of, and what was sold that was not there. */
import { z } from 'zod'
import { decimalSchema } from '../domain/decimal.ts'
import { moneySchema } from '../domain/money.ts'
import { aboutIncident } from './product-views.ts'
import { asOfView } from './views.ts'

const instant = z.int()
const span = z.int()

export const stockFilters = ['all', 'behind'] as const
export const stockSorts = ['worst', 'sku'] as const

/** Where a page ended; the next one goes on from there. */
export const stockCursor = z.object({ behindSince: instant.nullable(), sku: z.string().max(500), location: z.string().max(500) }).readonly()
export type StockCursor = z.infer<typeof stockCursor>

/** How long changes took to show; those that do not show yet at their present age. */
export const stalenessView = z
  .object({ p50Ms: span.nullable(), p95Ms: span.nullable(), maxMs: span.nullable(), oldestOpenMs: span.nullable() })
  .readonly()
export type StalenessView = z.infer<typeof stalenessView>

export const stockRow = z
  .object({
    sku: z.string(),
    location: z.string(),
    title: z.string().nullable(),
    /** On sale. */
    shop: decimalSchema,
    /** Available at the warehouses that feed the location; null where the ERP keeps no figure. */
    erp: decimalSchema.nullable(),
    expected: decimalSchema,
    /** Null while both agree. */
    behindSince: instant.nullable(),
    staleness: stalenessView,
    /** The gap between the two reads that bracket a change. */
    resolutionMs: span.nullable(),
    judgedAt: instant,
    incident: z.string().nullable(),
  })
  .readonly()
export type StockRow = z.infer<typeof stockRow>

export const stockListView = z
  .object({
    rows: z.array(stockRow),
    /** Null: that was the last page. */
    next: stockCursor.nullable(),
    /** Of what is asked for; null where it is narrowed by a SKU, which nobody counts. */
    total: z.int().nullable(),
  })
  .readonly()

export const oversoldRow = z
  .object({
    incident: z.string(),
    sku: z.string(),
    location: z.string(),
    /** Sold beyond what there is; null where it was told before units were. */
    units: decimalSchema.nullable(),
    orders: z.int().nullable(),
    amount: moneySchema.nullable(),
    since: instant,
  })
  .readonly()
export type OversoldRow = z.infer<typeof oversoldRow>

export const stockSummaryView = z
  .object({
    pair: z.string(),
    shopLabel: z.string(),
    erpLabel: z.string(),
    asOf: asOfView,
    targetMs: span,
    staleness: stalenessView,
    resolutionMs: span.nullable(),
    watched: z.int(),
    behind: z.int(),
    notJudged: z.int(),
    locations: z.array(z.string()),
    series: z.array(z.object({ at: instant, p50Ms: span.nullable(), p95Ms: span.nullable() })).max(400),
    oversold: z.object({
      count: z.int(),
      byCurrency: z.array(moneySchema),
      /** The dearest of one currency first. */
      rows: z.array(oversoldRow).max(50),
    }),
  })
  .readonly()
export type StockSummaryView = z.infer<typeof stockSummaryView>

/** What one of the shop's SKU draws from: once for what is no bundle, else once a part. */
export const stockPartView = z
  .object({
    erpSku: z.string(),
    /** How many of the ERP's one of the shop's takes. */
    takes: decimalSchema,
    warehouses: z.array(z.object({ code: z.string(), onHand: decimalSchema, reserved: decimalSchema, available: decimalSchema, changedAt: instant.nullable() })),
    available: decimalSchema,
    /** Sold in the shop and not in the ERP yet, by order; the first of them. */
    waiting: z.array(z.object({ number: z.string(), quantity: decimalSchema })).max(200),
    waitingCount: z.int(),
    waitingUnits: decimalSchema,
    /** Of those of which the shop does not say at which location: they may be missing here. */
    somewhereUnits: decimalSchema,
    /** Signed: sales that one side's figure has counted and the other's had not when it was read, as far as they speak for the shop. */
    apartUnits: decimalSchema,
    buffer: decimalSchema,
    share: decimalSchema,
    /** What is left of all that, before it is rounded down and never below nothing. */
    free: decimalSchema,
    offers: decimalSchema,
    /** The one of which there is least. */
    scarcest: z.boolean(),
  })
  .readonly()
export type StockPartView = z.infer<typeof stockPartView>

export const stockOneView = z
  .object({
    sku: z.string(),
    location: z.string(),
    title: z.string().nullable(),
    shopLabel: z.string(),
    erpLabel: z.string(),
    shopAsOf: asOfView,
    erpAsOf: asOfView,
    targetMs: span,
    /** The SKU's locations, behind the longest first. */
    locations: z.array(z.object({ location: z.string(), behindSince: instant.nullable() })).max(200),
    /** Why it cannot be compared; null when it can. */
    blind: z.string().nullable(),
    shop: z.object({ onHand: decimalSchema, reserved: decimalSchema, available: decimalSchema, changedAt: instant.nullable(), backorder: z.boolean(), tracked: z.boolean() }).nullable(),
    expected: decimalSchema.nullable(),
    parts: z.array(stockPartView).max(100),
    cap: decimalSchema.nullable(),
    /** The least that would be right, where units wait of which nobody says where; else as `most`. */
    least: decimalSchema.nullable(),
    most: decimalSchema.nullable(),
    behindSince: instant.nullable(),
    staleness: stalenessView,
    resolutionMs: span.nullable(),
    /** Oldest first: from when on each side said what. */
    history: z.object({
      expected: z.array(z.object({ at: instant, figure: decimalSchema, observed: z.boolean(), settledAt: instant.nullable() })).max(100),
      shop: z.array(z.object({ at: instant, figure: decimalSchema })).max(400),
      until: instant,
    }),
    oversold: z
      .object({
        since: instant,
        units: decimalSchema,
        orders: z.array(z.string()).max(200),
        orderCount: z.int(),
        worth: moneySchema.nullable(),
        cancelled: z.array(z.object({ why: z.string(), count: z.int() })),
      })
      .nullable(),
    incidents: z.array(aboutIncident),
  })
  .readonly()
export type StockOneView = z.infer<typeof stockOneView>

export const stockListInput = z.object({
  pair: z.string(),
  filter: z.object({
    standing: z.enum(stockFilters),
    location: z.string().max(500).nullable(),
    /** What a SKU begins with. */
    search: z.string().max(100).nullable(),
  }),
  sort: z.enum(stockSorts),
  limit: z.int().min(1).max(200),
  cursor: stockCursor.nullable(),
})

/** Null for the location where it is behind the longest. */
export const stockOneInput = z.object({ pair: z.string(), sku: z.string().min(1).max(500), location: z.string().max(500).nullable() })
