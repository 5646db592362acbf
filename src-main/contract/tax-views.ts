/** What the tax screen is told: where tax differs and why, how each side rounds, and one order line by line. */
import { z } from 'zod'
import { decimalSchema } from '../domain/decimal.ts'
import { causes } from '../domain/incident.ts'
import { currencySchema } from '../domain/money.ts'
import { taxFacetNames } from '../domain/tax-facets.ts'
import { asOfView } from './views.ts'

/** Minor units: `over` where the shop has more tax than the ERP, `under` (negative) where it has less. Both together would hide each other. */
export const varianceSumView = z
  .object({ value: z.string(), currency: currencySchema, over: z.int(), under: z.int(), count: z.int() })
  .readonly()
export type VarianceSumView = z.infer<typeof varianceSumView>

export const methodView = z.object({ says: z.string(), agrees: z.int(), of: z.int() }).readonly()
export type MethodView = z.infer<typeof methodView>

export const taxView = z
  .object({
    pair: z.string(),
    shopLabel: z.string(),
    erpLabel: z.string(),
    asOf: asOfView,
    notJudged: z.int(),
    whole: z.array(varianceSumView).max(200),
    rollUps: z.array(z.object({ by: z.enum(taxFacetNames), sums: z.array(varianceSumView).max(200) })),
    /** By country; '' where orders name none. Null: no method explains nearly all, or too few orders were seen. */
    methods: z.array(z.object({ market: z.string(), shop: methodView.nullable(), erp: methodView.nullable() })).max(300),
    /** Incidents of the rules about tax beside the order's own: invoices, refunds. */
    documents: z.array(z.object({ rule: z.string(), title: z.string(), currency: currencySchema, minor: z.int(), count: z.int() })).max(100),
  })
  .readonly()
export type TaxView = z.infer<typeof taxView>

export const varianceCursor = z.object({ weight: z.int(), number: z.string().max(500) }).readonly()
export type VarianceCursor = z.infer<typeof varianceCursor>

export const varianceOrderView = z
  .object({
    number: z.string(),
    minor: z.int(),
    currency: currencySchema,
    cause: z.enum(causes),
    market: z.string(),
    productType: z.string(),
    shipping: z.string(),
    exemption: z.string(),
    /** Its own, or that of the whole it is part of; null when neither is open. */
    incident: z.string().nullable(),
  })
  .readonly()
export type VarianceOrderView = z.infer<typeof varianceOrderView>

export const taxOrdersInput = z.object({
  pair: z.string(),
  currency: currencySchema,
  only: z.object({ by: z.enum(taxFacetNames), value: z.string().max(500) }).nullable(),
  limit: z.int().min(1).max(200),
  cursor: varianceCursor.nullable(),
})

export const taxOrdersView = z.object({ rows: z.array(varianceOrderView), next: varianceCursor.nullable() }).readonly()

const taxSideView = z
  .object({ quantity: decimalSchema, net: decimalSchema, rates: z.array(decimalSchema), tax: decimalSchema })
  .readonly()

export const taxLineView = z
  .object({ key: z.string(), title: z.string(), shop: taxSideView.nullable(), erp: taxSideView.nullable(), differs: z.array(z.enum(['quantity', 'net', 'rate', 'line'])) })
  .readonly()
export type TaxLineView = z.infer<typeof taxLineView>

/** One named difference, and what it moves on the way from the shop's tax to the ERP's; minor units. */
export const taxStepView = z.object({ cause: z.enum(causes), says: z.string(), minor: z.int() }).readonly()
export type TaxStepView = z.infer<typeof taxStepView>

export const taxOrderView = z
  .object({
    number: z.string(),
    shopLabel: z.string(),
    erpLabel: z.string(),
    shopAsOf: asOfView,
    erpAsOf: asOfView,
    /** Why the two cannot be compared; null when they are. */
    incomparable: z.string().nullable(),
    currency: currencySchema,
    /** Minor units; `low` and `high` lie apart where the shop states no cents. */
    shop: z.object({ minor: z.int(), low: z.int(), high: z.int() }),
    erp: z.int(),
    lines: z.array(taxLineView).max(500),
    kind: z.enum(['equal', 'explained', 'ambiguous', 'unexplained']),
    /** One way for what is explained, several where each is as good. Each adds up to the difference. */
    ways: z.array(z.array(taxStepView)).max(5),
    /** So many ways beside those. */
    more: z.int(),
    /** Too much differs to try every way: others may be as good. */
    cut: z.boolean(),
    /** What no known difference explains; 0 when all is. */
    residual: z.int(),
    methods: z.object({ shop: methodView.nullable(), erp: methodView.nullable() }),
    incident: z.string().nullable(),
  })
  .readonly()
export type TaxOrderView = z.infer<typeof taxOrderView>
