/** What data say of each point of the audit page; what is not here is a person's alone. */
import type { AuditPointId } from '../../domain/audit-points.ts'
import type { Answer, Answered } from './answer.ts'
import { houseAnswers } from './house-answers.ts'
import type { AuditFacts } from './page-facts.ts'
import { seamAnswers } from './seam-answers.ts'

const answers: Readonly<Partial<Record<AuditPointId, Answer>>> = { ...seamAnswers, ...houseAnswers }

export function answerOf(point: AuditPointId, facts: AuditFacts): Answered | null {
  return answers[point]?.(facts) ?? null
}
