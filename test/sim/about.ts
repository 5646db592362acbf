/** Whether what a monitor said is said of what was planted, and since when. */
import type { Instant } from '../../src-main/domain/time.ts'
import type { Planted } from '../../src-main/world/world.ts'
import { type Blind, afterBlindness, tolerance } from './blindness.ts'
import type { Observed, Said } from './score.ts'

export function speaksOf(said: Said, { rule, instead, subject }: Planted): boolean {
  return (said.rule === rule || said.rule === instead) && isAbout(said, subject)
}

export function isAbout(said: Said, subject: Planted['subject']): boolean {
  return (said.kind === subject.kind && said.key === subject.key) || said.parts.has(subject.key)
}

/** When it was first said of a fault: a part may join long after the whole was opened, and join again after it had left. */
export function saidOf(said: Said, planted: Planted): Instant {
  const joined = said.parts.get(planted.subject.key) ?? []
  return Math.max(said.openedAt, joined.find((at) => at >= standsFrom(planted)) ?? joined[0] ?? 0)
}

/** A fault may be planted late that was to be found before: only once a batch has passed it over is an order lost. */
export function standsFrom({ plantedAt, findableAt }: Planted): Instant {
  return Math.min(plantedAt, findableAt)
}

/** By when it is to be said: within grace, the rule's own poll interval and a second of the moment from which it could be known. */
export function owedBy(planted: Planted, observed: Observed, blind: readonly Blind[]): Instant {
  const { rule, findableAt, subject } = planted
  return afterBlindness(planted, findableAt + observed.graceOf(rule) + observed.paceOf(rule, subject.key) + tolerance, blind, observed)
}

/**
 * What was said before this was of something else, and tells nothing of this one. But what was told of the same fault before, as
 * long as it was not seen to be over meanwhile, stands for this one too if it does still when this one is owed.
 */
export function tells(said: Said, planted: Planted, others: readonly Planted[], observed: Observed, blind: readonly Blind[]): boolean {
  const saidAt = saidOf(said, planted)
  if (saidAt >= standsFrom(planted)) return true
  if (said.closedAt !== null && said.closedAt <= owedBy(planted, observed, blind)) return false
  return others.some((one) => {
    const { rule, subject, healedAt } = one
    const isSame = rule === planted.rule && subject.kind === planted.subject.kind && subject.key === planted.subject.key
    if (!isSame || healedAt === null || saidAt < standsFrom(one)) return false
    return healedAt <= planted.plantedAt && planted.plantedAt <= healedAt + observed.paceOf(rule, subject.key)
  })
}
