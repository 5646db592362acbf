/** What is said of an order as a whole, in one word and its reason: the list and the chain say it alike. */
import type { VerdictView } from '../../contract/order-views.ts'
import { type Severity, severities } from '../../domain/incident.ts'
import type { Instant } from '../../domain/time.ts'
import { catalogue, rules } from '../reconcile/registry.ts'

/** Rules that speak of the ERP order itself: what they wait for, the whole order waits for. */
const ofOrder: ReadonlySet<string> = new Set(rules.order.map((rule) => rule.id))

export interface Said {
  readonly outOfScope: string | null
  /** Not resolved ones that speak of it, by themselves or with others. */
  readonly incidents: readonly { readonly id: string; readonly rule: string; readonly severity: Severity }[]
  readonly notJudged: readonly { readonly rule: string; readonly why: string; readonly until: Instant | null }[]
  /** Why nothing can be said yet at all; null when it was judged. */
  readonly unread: string | null
  /** Whether the ERP has it, live. */
  readonly isBooked: boolean
  /** Whether the ERP is to have it, by now or later; a cancelled one is not. */
  readonly isAwaited: boolean
}

export function verdictOf(said: Said, dueBefore: Instant): VerdictView {
  const plain = { severity: null, incident: null, incidents: 0 }
  if (said.outOfScope !== null) return { ...plain, kind: 'out-of-scope', why: said.outOfScope }
  const [worst] = said.incidents.toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
  if (worst !== undefined) {
    const why = catalogue.get(worst.rule)?.title ?? worst.rule
    return { kind: 'incident', why, severity: worst.severity, incident: worst.id, incidents: said.incidents.length }
  }
  if (said.unread !== null) return { ...plain, kind: 'not-judged', why: said.unread }
  const overdue = said.notJudged.find(({ rule, until }) => rule === '' || until === null || until <= dueBefore)
  if (overdue !== undefined) return { ...plain, kind: 'not-judged', why: overdue.why }
  const waits = said.notJudged.find(({ rule }) => ofOrder.has(rule))
  if (waits !== undefined) return { ...plain, kind: 'not-due', why: waits.why }
  if (said.isAwaited && !said.isBooked) return { ...plain, kind: 'not-due', why: 'nothing is due in the ERP before it is paid' }
  return { ...plain, kind: 'fine', why: null }
}
