/** What follows when a pair wants its rules otherwise: written down with who and why, and what is open is closed, weighed or given anew. */
import { type Pair, type RuleSetting, settingIn, unset } from '../../domain/pair.ts'
import type { Change } from '../reconcile/keep.ts'
import { catalogue, rules as byLens } from '../reconcile/registry.ts'
import { holderOf } from '../reconcile/rule-settings.ts'
import type { Tx } from '../store/database.ts'
import type { Rooms } from './rooms.ts'

/** Over a connection or its streams: they belong to every pair that reads it. */
export const ofConnections: ReadonlySet<string> = new Set([...byLens.connection, ...byLens.stream].map((rule) => rule.id))

export function ruleSubject(pair: string, rule: string): string {
  return `rule ${rule} of pair ${pair}`
}

type Rules = Readonly<Record<string, RuleSetting>>

/** Why these rules cannot be had without a word: what is not looked at any more is for somebody to answer for. Null: they can. */
export function lacksWhy(before: Rules, after: Rules, why: string | null): string | null {
  if (why !== null) return null
  for (const [id, set] of Object.entries(after)) {
    const was = before[id] ?? unset
    const markets = [null, ...new Set([...Object.keys(was.markets), ...Object.keys(set.markets)])]
    const where = markets.find((market) => settingIn(was, market).on && !settingIn(set, market).on)
    if (where === undefined) continue
    return `Say why ${catalogue.get(id)?.title ?? id} is switched off${where === null ? '' : ` in ${where}`}: what it had found is closed with that.`
  }
  return null
}

/** In the transaction that has saved the pair. */
export function rulesChanged(rooms: Rooms, tx: Tx, { pair, before, why }: { readonly pair: Pair; readonly before: Rules; readonly why: string | null }): void {
  const after = pair.settings.rules
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((id) => JSON.stringify(before[id] ?? unset) !== JSON.stringify(after[id] ?? unset))
  const changes = ids.flatMap((id) => follow(rooms, tx, id, why))
  rooms.store.duties.anew(tx, { pair: ids.some((id) => ofConnections.has(id)) ? null : pair.id, owner: null })
  rooms.changed(tx, changes)
  for (const id of ids) {
    const fact = { what: 'rule changed', subject: ruleSubject(pair.id, id), before: before[id] ?? unset, after: after[id] ?? unset }
    rooms.audit(tx, { ...fact, why })
  }
}

/** What a rule has open is closed where it is off, and weighs at once what it weighs now: not only once it is judged again. */
function follow({ store, clock, who }: Rooms, tx: Tx, rule: string, why: string | null): readonly Change[] {
  const pairs = store.pairs.list()
  return store.incidents.liveOfRule(rule).flatMap((incident): readonly Change[] => {
    const holder = incident.pair === null ? holderOf(pairs, incident.subject.connection, rule) : pairs.find((pair) => pair.id === incident.pair)
    const { on, severity } = settingIn(holder?.settings.rules[rule] ?? unset, incident.market)
    if (on && severity !== null) store.incidents.rank(tx, incident.id, severity, clock.now())
    if (on) return []
    const by = `The rule was switched off by ${who().name}${why === null ? '.' : `: ${why}`}`
    store.incidents.resolve(tx, incident.id, by, clock.now(), { as: 'rule-off', who: who().id })
    return [{ incident: incident.id, rule, severity: incident.severity, what: 'resolved' }]
  })
}
