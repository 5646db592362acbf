/** Which incidents are asked for, as a condition and its parameters. */
import type { IncidentState, Severity } from '../../domain/incident.ts'

export interface IncidentFilter {
  readonly states: readonly IncidentState[] | null
  readonly severities: readonly Severity[] | null
  readonly rule: string | null
  /** Matched against the subject's key and the sentence. */
  readonly search: string | null
  readonly owner?: string | null | undefined
}

export const filtered = `
  WHERE (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
    AND (@severities IS NULL OR severity IN (SELECT value FROM json_each(@severities)))
    AND (@rule IS NULL OR rule = @rule)
    AND (@owner IS NULL OR owner = @owner)
    AND (@search IS NULL OR subject_key LIKE @search ESCAPE '\\' OR says LIKE @search ESCAPE '\\')`

export function parameters(filter: IncidentFilter) {
  return {
    states: filter.states === null ? null : JSON.stringify(filter.states),
    severities: filter.severities === null ? null : JSON.stringify(filter.severities),
    rule: filter.rule,
    owner: filter.owner ?? null,
    search: filter.search === null ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`,
  }
}
