/** Whether what was said was closed by evidence: not before it was mended, and as soon as that could be seen. */
import type { Instant } from '../../src-main/domain/time.ts'
import type { Planted } from '../../src-main/world/world.ts'
import { speaksOf, standsFrom, tells } from './about.ts'
import { type Blind, afterBlindness, tolerance } from './blindness.ts'
import type { Observed, Said } from './score.ts'

/** While one side lags a closing is not wrong: what was true a poll ago may be closed now. */
export function closedWrongly(planted: Planted, said: Said, observed: Observed): boolean {
  if (said.closedAt === null) return false
  return planted.healedAt === null ? said.closedAt <= observed.endedAt : said.closedAt < planted.healedAt
}

export type Mending = 'closed' | 'open' | null

/**
 * Of a fault that was said: null where it was not mended, or too late in the run to be seen, or where another of its kind
 * stands meanwhile. What is told of a flow or a connection is told of a while, and stands until that while is over.
 */
export function mendingOf(planted: Planted, observed: Observed, blind: readonly Blind[], others: readonly Planted[]): Mending {
  const { healedAt, subject } = planted
  if (healedAt === null || subject.kind === 'connection' || subject.kind === 'stream') return null
  const latest = seenMended(planted, healedAt, observed, blind)
  const next = others.some((one) => one !== planted && isOfItsKind(one, planted) && standsFrom(one) <= latest && (one.healedAt === null || one.healedAt > healedAt))
  if (latest >= observed.endedAt || next) return null
  const stands = observed.said.some((said) =>
    said.key === subject.key && speaksOf(said, planted) && tells(said, planted, others, observed, blind) && said.openedAt <= latest && (said.closedAt === null || said.closedAt > latest))
  return stands ? 'open' : 'closed'
}

/** By when who reads at the rule's pace has seen it, once they see at all. */
function seenMended(planted: Planted, healedAt: Instant, observed: Observed, blind: readonly Blind[]): Instant {
  return afterBlindness({ ...planted, findableAt: healedAt }, healedAt + observed.paceOf(planted.rule, planted.subject.key) + tolerance, blind, observed)
}

function isOfItsKind(one: Planted, { rule, instead, subject }: Planted): boolean {
  return (one.rule === rule || one.rule === instead) && one.subject.kind === subject.kind && one.subject.key === subject.key
}
