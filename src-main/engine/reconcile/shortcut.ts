/** The shortcut past orders on which both sides agree: for which pairs it may be taken, and past which of their orders. */
import type { Pair } from '../../domain/pair.ts'
import type { Store } from '../store/store.ts'
import { type Judgement, silent } from './judge.ts'
import { orderSubject } from './lenses/order.ts'
import { rules } from './registry.ts'
import type { Rule } from './rule.ts'
import { heldBy } from './rule-settings.ts'
import type { PairSight } from './sight.ts'

/** Whether no rule that is awake for the pair has anything to say of an order on which both sides' gists agree. */
export function mayPassOver(pair: Pair): boolean {
  return [...rules.order, ...rules.chain].every((rule) => rule.silentOnAgreement === true || sleeps(rule, pair))
}

/** Under what the pair sets for each market, too. */
function sleeps(rule: Rule<'order'> | Rule<'chain'>, pair: Pair): boolean {
  const markets = Object.keys(pair.settings.rules[rule.id]?.markets ?? {})
  return [null, ...markets].every((market) => {
    const { on, params } = heldBy(rule, pair, market)
    return !on || rule.asleep?.(pair.settings, params) === true
  })
}

/** Of an order on which both sides agree and that nothing follows yet, without gathering it; null where it must be. */
export function judgeAgreed(store: Store, sight: PairSight, number: string): Judgement | null {
  const { pair, rivals } = sight
  if (!store.claims.agree(pair.id, number) || store.claims.isFollowed(pair.id, number)) return null
  // two shops have the number: whose the document is takes both orders to say
  if (rivals.some((rival) => store.claims.isNamedBy(rival.id, number, rival.shop))) return null
  const subject = orderSubject(pair, number)
  // what closes an incident says what both sides show
  return store.incidents.liveOf(pair.id, subject).length > 0 ? null : { ...silent, subject, closing: '' }
}
