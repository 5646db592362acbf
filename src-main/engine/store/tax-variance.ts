/** Orders whose tax differs between shop and ERP, each with what a variance is rolled up by; sums are SQL's, a row a currency. */
import type { Database } from 'better-sqlite3'
import type { Cause } from '../../domain/incident.ts'
import type { Currency } from '../../domain/money.ts'
import type { Exemption, TaxFacet, TaxFacets } from '../../domain/tax-facets.ts'
import type { Tx } from './database.ts'

export interface TaxVariance extends TaxFacets {
  readonly number: string
  readonly currency: Currency
  /** Shop less ERP. */
  readonly minor: number
  readonly cause: Cause
}

/** What orders with one value of a facet differ by: `over` where the shop has more, `under` where it has less. */
export interface VarianceSum {
  readonly value: string
  readonly currency: Currency
  readonly over: number
  readonly under: number
  readonly count: number
}

export interface VarianceWanted {
  readonly pair: string
  readonly currency: Currency
  /** Null: whatever they are rolled up by. */
  readonly only: { readonly by: TaxFacet; readonly value: string } | null
  readonly after: { readonly weight: number; readonly number: string } | null
  readonly limit: number
}

interface VarianceRow {
  number: string
  currency: string
  minor: number
  cause: Cause
  market: string
  product_type: string
  shipping: string
  exemption: Exemption
}

const columns: Readonly<Record<TaxFacet, string>> = {
  cause: 'cause',
  market: 'market',
  productType: 'product_type',
  shipping: 'shipping',
  exemption: 'exemption',
}

/** More values of one facet are no roll-up; the greatest are told. */
const valuesMax = 200

export function taxVarianceStore(db: Database) {
  const put = db.prepare(`
    INSERT OR REPLACE INTO tax_variance (pair, number, currency, minor, cause, market, product_type, shipping, exemption)
    VALUES (@pair, @number, @currency, @minor, @cause, @market, @productType, @shipping, @exemption)`)
  const drop = db.prepare(`DELETE FROM tax_variance WHERE pair = ? AND number = ?`)
  const sum = (facet: string) =>
    db.prepare<[string], VarianceSum>(`
      SELECT ${facet} AS value, currency, SUM(MAX(minor, 0)) AS over, SUM(MIN(minor, 0)) AS under, COUNT(*) AS count
      FROM tax_variance WHERE pair = ? GROUP BY ${facet}, currency ORDER BY SUM(ABS(minor)) DESC, value LIMIT ${valuesMax}`)
  const sums = {
    cause: sum(columns.cause),
    market: sum(columns.market),
    productType: sum(columns.productType),
    shipping: sum(columns.shipping),
    exemption: sum(columns.exemption),
  } as const satisfies Record<TaxFacet, unknown>
  const whole = db.prepare<[string], VarianceSum>(`
    SELECT '' AS value, currency, SUM(MAX(minor, 0)) AS over, SUM(MIN(minor, 0)) AS under, COUNT(*) AS count
    FROM tax_variance WHERE pair = ? GROUP BY currency ORDER BY count DESC, currency`)
  // the heaviest first: from the weight of the last row downwards, and among equals by number
  const list = db.prepare<[Record<string, unknown>], VarianceRow>(`
    SELECT * FROM tax_variance INDEXED BY tax_variance_by_weight
    WHERE pair = @pair AND currency = @currency AND abs(minor) <= @weight AND (abs(minor) < @weight OR number > @number)
      AND (@by IS NULL OR CASE @by WHEN 'cause' THEN cause WHEN 'market' THEN market WHEN 'productType' THEN product_type
        WHEN 'shipping' THEN shipping ELSE exemption END = @value)
    ORDER BY abs(minor) DESC, number LIMIT @limit`)
  const one = db.prepare<[string, string], VarianceRow>(`SELECT * FROM tax_variance WHERE pair = ? AND number = ?`)

  return {
    save(_tx: Tx, pair: string, variance: TaxVariance): void {
      put.run({ pair, ...variance })
    },
    drop(_tx: Tx, pair: string, number: string): void {
      drop.run(pair, number)
    },
    get(pair: string, number: string): TaxVariance | null {
      const row = one.get(pair, number)
      return row === undefined ? null : toVariance(row)
    },
    /** By what they are rolled up, the greatest first. */
    sums: (pair: string, by: TaxFacet): readonly VarianceSum[] => sums[by].all(pair),
    /** Of all of them, a row a currency. */
    whole: (pair: string): readonly VarianceSum[] => whole.all(pair),
    list: ({ after, only, ...wanted }: VarianceWanted): readonly TaxVariance[] =>
      list
        .all({
          ...wanted,
          by: only?.by ?? null,
          value: only?.value ?? null,
          weight: after?.weight ?? Number.MAX_SAFE_INTEGER,
          number: after?.number ?? '',
        })
        .map(toVariance),
  }
}

function toVariance(row: VarianceRow): TaxVariance {
  const { product_type: productType, shipping, exemption, market, number, currency, minor, cause } = row
  return { number, currency, minor, cause, market, productType, shipping, exemption }
}
