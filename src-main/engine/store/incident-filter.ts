/** Which incidents are asked for, as a condition and its parameters. */
import type { Cause, IncidentState, Severity } from '../../domain/incident.ts'

export interface IncidentFilter {
  readonly states: readonly IncidentState[] | null
  readonly severities: readonly Severity[] | null
  readonly rule: string | null
  /** Matched against the subject's key and the sentence. */
  readonly search: string | null
  readonly owner?: string | null | undefined
  /** Also what is said of the pair's connections themselves, which is of no pair. */
  readonly pair?: string | null | undefined
  /** Those that are a part of one other. */
  readonly parent?: string | null | undefined
  readonly currency?: string | null | undefined
  /** The empty text: those of no market. */
  readonly market?: string | null | undefined
  readonly cause?: Cause | null | undefined
}

export const filtered = `
  WHERE (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
    AND (@severities IS NULL OR severity IN (SELECT value FROM json_each(@severities)))
    AND (@rule IS NULL OR rule = @rule)
    AND (@owner IS NULL OR owner = @owner)
    AND (@pair IS NULL OR pair = @pair OR (pair = '' AND EXISTS (
      SELECT 1 FROM pair AS of WHERE of.id = @pair AND subject_connection IN (of.shop, of.erp))))
    AND (@parent IS NULL OR parent = @parent)
    AND (@currency IS NULL OR amount_currency = @currency)
    AND (@market IS NULL OR IFNULL(market, '') = @market)
    AND (@cause IS NULL OR cause = @cause)
    AND (@search IS NULL OR subject_key LIKE @search ESCAPE '\\' OR says LIKE @search ESCAPE '\\')`

export function parameters(filter: IncidentFilter) {
  return {
    states: filter.states === null ? null : JSON.stringify(filter.states),
    severities: filter.severities === null ? null : JSON.stringify(filter.severities),
    rule: filter.rule,
    owner: filter.owner ?? null,
    pair: filter.pair ?? null,
    parent: filter.parent ?? null,
    currency: filter.currency ?? null,
    market: filter.market ?? null,
    cause: filter.cause ?? null,
    search: filter.search === null ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`,
  }
}
