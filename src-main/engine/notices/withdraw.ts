/** Takes back what was to be told and that nobody has seen yet, once it is over or what it was about is removed. */
import type { Notice } from '../../domain/notice.ts'
import type { Tx } from '../store/database.ts'
import type { IncidentRecord } from '../store/incidents.ts'
import type { NoticeGroup } from '../store/notices.ts'
import type { Store } from '../store/store.ts'
import { type Told, lessened } from './compose.ts'

export interface WithdrawParts {
  readonly store: Store
  readonly titleOf: (rule: string) => string
}

export function toldAs({ id, rule, severity, subject, amount, cause, says }: IncidentRecord, title: string, what: Told['what'], flaps: boolean): Told {
  return { incident: id, rule, title, severity, what, flaps, subject, amount, cause, says }
}

/** What is left of each notice of these openings is told, or nothing. `ended`: of one rule, and resolved by now. */
export function withdrawOpenings({ store, titleOf }: WithdrawParts, tx: Tx, rule: string, ended: ReadonlySet<string>): void {
  for (const { notice, group } of store.notices.standing('opened', rule)) lessen({ store, titleOf }, tx, notice, group, ended)
}

/** Nobody waits any more to hear of these, not even that they are over. */
export function withdrawAll(parts: WithdrawParts, tx: Tx, ended: readonly IncidentRecord[]): void {
  const { notices } = parts.store
  for (const [rule, ofRule] of Map.groupBy(ended, (one) => one.rule)) {
    const ids = new Set(ofRule.map((one) => one.id))
    withdrawOpenings(parts, tx, rule, ids)
    for (const { notice } of [...notices.standing('flapping', rule), ...notices.standing('recovered', rule)]) {
      if (notice.incidents.every((id) => ids.has(id))) notices.remove(tx, notice.id)
    }
  }
}

function lessen({ store, titleOf }: WithdrawParts, tx: Tx, notice: Notice, group: NoticeGroup, ended: ReadonlySet<string>): void {
  const { rule } = group
  const others = group.count - notice.incidents.length
  if (others === 0 && !notice.incidents.some((id) => ended.has(id))) return
  const known = notice.incidents.flatMap((id) => store.incidents.get(id) ?? [])
  const left = known.filter((one) => one.state !== 'resolved')
  const live = others === 0 ? 0 : (store.incidents.countsByRule().find((row) => row.rule === rule)?.count ?? 0)
  const over = known.flatMap((one) => (one.state === 'resolved' && one.amount !== null ? [one.amount] : []))
  const told = left.map((one) => toldAs(one, titleOf(rule), 'opened', false))
  const draft = lessened({ ...notice, group }, told, Math.min(others, live - left.length), over, titleOf(rule))
  if (draft === null) store.notices.remove(tx, notice.id)
  else store.notices.reword(tx, notice.id, draft, draft.group)
}
