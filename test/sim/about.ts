/** Whether what a monitor said is said of what was planted, and since when. */
import type { Instant } from '../../src-main/domain/time.ts'
import type { Planted } from '../../src-main/world/world.ts'
import type { Said } from './score.ts'

export function speaksOf(said: Said, { rule, instead, subject }: Planted): boolean {
  return (said.rule === rule || said.rule === instead) && isAbout(said, subject)
}

export function isAbout(said: Said, subject: Planted['subject']): boolean {
  return (said.kind === subject.kind && said.key === subject.key) || said.parts.has(subject.key)
}

/** When it was first said of a subject: a part may join long after the whole was opened. */
export function saidOf(said: Said, subject: Planted['subject']): Instant {
  return Math.max(said.openedAt, said.parts.get(subject.key) ?? 0)
}

/** A fault may be planted late that was to be found before: only once a batch has passed it over is an order lost. */
export function standsFrom({ plantedAt, findableAt }: Planted): Instant {
  return Math.min(plantedAt, findableAt)
}
