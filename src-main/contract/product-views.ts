/** What the screens of products and customers are told: both sides' catalogues side by side, who stands in the ERP twice, and how well records say where they come from. */
import { z } from 'zod'
import { decimalSchema } from '../domain/decimal.ts'
import { severities } from '../domain/incident.ts'
import { productFields } from '../domain/product-faces.ts'
import { streamNames } from '../domain/records.ts'
import { orderRow } from './order-views.ts'
import { asOfView } from './views.ts'

const instant = z.int()

export const productFilters = ['all', 'incidents', 'differing', 'shop-only', 'erp-only'] as const
export type ProductFilter = (typeof productFilters)[number]

/** One side's product, in words that can be compared. */
export const productFace = z
  .object({
    sku: z.string(),
    id: z.string(),
    title: z.string(),
    unit: z.string().nullable(),
    packSize: decimalSchema.nullable(),
    taxCode: z.string().nullable(),
    barcode: z.string().nullable(),
    active: z.boolean(),
    prices: z.array(z.object({ amount: decimalSchema, currency: z.string().nullable(), market: z.string().nullable(), taxesIncluded: z.boolean().nullable() })).max(500),
    changedAt: instant.nullable(),
  })
  .readonly()
export type ProductFace = z.infer<typeof productFace>

export const aboutIncident = z.object({ id: z.string(), rule: z.string(), title: z.string(), says: z.string(), severity: z.enum(severities) }).readonly()
export type AboutIncident = z.infer<typeof aboutIncident>

export const productRow = z
  .object({
    sku: z.string(),
    erpSku: z.string(),
    title: z.string(),
    /** The first where a side has several. */
    shop: productFace.nullable(),
    erp: productFace.nullable(),
    shopCopies: z.int(),
    erpCopies: z.int(),
    differs: z.array(z.enum(productFields)),
    incidents: z.int(),
  })
  .readonly()
export type ProductRow = z.infer<typeof productRow>

export const productListInput = z.object({
  pair: z.string(),
  filter: z.object({ only: z.enum(productFilters), search: z.string().max(100).nullable() }),
  limit: z.int().min(1).max(200),
  /** The SKU that the page before ended with. */
  cursor: z.string().max(500).nullable(),
})

export const productListView = z
  .object({
    shopLabel: z.string(),
    erpLabel: z.string(),
    asOf: asOfView,
    shopCount: z.int(),
    erpCount: z.int(),
    rows: z.array(productRow),
    next: z.string().nullable(),
    /** How many SKUs were looked through for these rows. */
    looked: z.int(),
  })
  .readonly()
export type ProductListView = z.infer<typeof productListView>

export const productOneInput = z.object({ pair: z.string(), sku: z.string().min(1).max(500) })

export const productOneView = z
  .object({
    sku: z.string(),
    erpSku: z.string(),
    shopLabel: z.string(),
    erpLabel: z.string(),
    asOf: asOfView,
    shop: z.array(productFace).max(20),
    erp: z.array(productFace).max(20),
    differs: z.array(z.enum(productFields)),
    /** What the pair's maps say of it, in words. */
    maps: z.array(z.string()).max(50),
    /** What somebody changed who does not own it. */
    outside: z.array(z.object({ what: z.string(), before: z.string(), after: z.string(), by: z.string().nullable(), at: instant.nullable() })).max(50),
    incidents: z.array(aboutIncident).max(50),
  })
  .readonly()
export type ProductOneView = z.infer<typeof productOneView>

export const customerFacts = ['email', 'vat', 'registration'] as const

/** A person's address is shown by its end only; what the store does not keep is not here. */
export const customerFace = z
  .object({
    id: z.string(),
    code: z.string().nullable(),
    email: z.string().nullable(),
    vatId: z.string().nullable(),
    registration: z.string().nullable(),
    country: z.string().nullable(),
    parent: z.string().nullable(),
    active: z.boolean(),
    changedAt: instant.nullable(),
  })
  .readonly()
export type CustomerFace = z.infer<typeof customerFace>

export const clusterView = z
  .object({
    /** As the incident's subject names it. */
    key: z.string(),
    by: z.enum(customerFacts),
    customers: z.array(customerFace).max(50),
    count: z.int(),
    /** Facts that they are billed by and that contradict each other. */
    conflicts: z.array(z.string()),
    incident: aboutIncident,
  })
  .readonly()
export type ClusterView = z.infer<typeof clusterView>

export const customerListInput = z.object({ pair: z.string(), limit: z.int().min(1).max(200), cursor: z.string().max(500).nullable() })
export const customerListView = z
  .object({ erpLabel: z.string(), asOf: asOfView, held: z.int(), rows: z.array(clusterView), next: z.string().nullable() })
  .readonly()
export type CustomerListView = z.infer<typeof customerListView>

/** Left out: the ERP's. */
const customerSide = z.enum(['shop', 'erp'])
export const customerOneInput = z.object({ pair: z.string(), id: z.string().min(1).max(500), side: customerSide.optional() })
export const customerOneView = z
  .object({
    side: customerSide,
    /** Of the side that it was read from, and of the other. */
    label: z.string(),
    otherLabel: z.string(),
    asOf: asOfView,
    customer: customerFace,
    goneAt: instant.nullable(),
    clusters: z.array(clusterView).max(3),
    /** Of the other side, with the same address. */
    counterparts: z.array(customerFace).max(5),
  })
  .readonly()
export type CustomerOneView = z.infer<typeof customerOneView>

export const customerOrdersInput = customerOneInput.extend({
  limit: z.int().min(1).max(200),
  /** As the page before gave it; null: the first page. */
  cursor: z.string().max(400).nullable(),
})
export const customerOrdersView = z
  .object({
    rows: z.array(orderRow),
    next: z.string().nullable(),
    /** Orders of the ERP are found by it; without one there are only those of the shop that name the customer. */
    hasAddress: z.boolean(),
  })
  .readonly()
export type CustomerOrdersView = z.infer<typeof customerOrdersView>

/** How well the newest documents of one kind say when, from where and by whom; each figure is a count of `of`. */
export const trailView = z
  .object({
    side: z.enum(['shop', 'erp']),
    stream: z.enum(streamNames),
    of: z.int(),
    time: z.int(),
    origin: z.int(),
    identity: z.int(),
    trace: z.int(),
  })
  .readonly()
export type TrailView = z.infer<typeof trailView>

export const recordsView = z
  .object({
    shopLabel: z.string(),
    erpLabel: z.string(),
    asOf: asOfView,
    /** How far back the counts below go. */
    sinceDays: z.int(),
    trail: z.array(trailView).max(20),
    /** Clusters that wait to be merged, the customers that are too many in them, and clusters settled lately. */
    merges: z.object({ clusters: z.int(), surplus: z.int(), settled: z.int(), more: z.boolean() }),
    overrides: z.array(z.object({ class: z.string(), count: z.int() })),
    /** Open incidents of the rules on ownership and on words without a mapping. */
    outside: z.array(z.object({ rule: z.string(), title: z.string(), count: z.int() })),
    unmapped: z.array(z.object({ rule: z.string(), title: z.string(), count: z.int() })),
  })
  .readonly()
export type RecordsView = z.infer<typeof recordsView>
