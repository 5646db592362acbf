/** Answers about the audit page: each point by data or by a person, what people declared before, and the whole as a file. */
import { stringify } from 'csv-stringify/sync'
import type { AuditPageView, AuditPointView } from '../../contract/audit-views.ts'
import { type Declaration, auditPointIds, auditPoints } from '../../domain/audit-points.ts'
import { iso } from '../../domain/time.ts'
import { answerOf } from '../audit/answers.ts'
import { auditFacts } from './audit-facts.ts'
import { type Rooms, os } from './rooms.ts'

const historyMax = 100

export function auditPageHandlers(rooms: Rooms) {
  const { store, clock } = rooms

  function page(): AuditPageView {
    return store.read(() => {
      const facts = auditFacts(rooms)
      const latest = store.declarations.latest()
      const counts = store.declarations.counts()
      return {
        at: facts.now,
        points: auditPointIds.map((id): AuditPointView => {
          const found = answerOf(id, facts)
          const declared = latest.get(id) ?? null
          const byData = found !== null && found.answer !== null
          return {
            id,
            ...auditPoints[id],
            answer: found?.answer ?? declared?.answer ?? null,
            by: byData ? 'data' : declared === null ? null : 'person',
            evidence: found === null ? null : { says: found.says, link: found.link },
            declared: declared === null ? null : toldOf(declared),
            declarations: counts.get(id) ?? 0,
          }
        }),
      }
    })
  }

  return {
    page: os.audit.page.handler(page),
    declare: os.audit.declare.handler(({ input }) => {
      const declaration = { ...input, at: clock.now() }
      const before = store.declarations.latest().get(input.point) ?? null
      store.transaction((tx) => {
        store.declarations.add(tx, declaration)
        rooms.audit(tx, {
          what: 'audit point declared',
          subject: `audit point ${input.point}`,
          before: before === null ? null : { answer: before.answer },
          after: { answer: declaration.answer },
          why: declaration.note,
        })
      })
      rooms.publish(['audit'])
      return page()
    }),
    history: os.audit.history.handler(({ input }) => store.declarations.of(input.point, historyMax).map(toldOf)),
    exported: os.audit.exported.handler(({ input }) => {
      const shown = page()
      const name = `audit-${iso(shown.at).slice(0, 10)}.${input.as}`
      return { name, text: input.as === 'csv' ? csvOf(shown) : jsonOf(shown) }
    }),
  }

  /** With the end of the trail: whoever keeps the file can tell later whether the trail was cut. */
  function jsonOf(shown: AuditPageView): string {
    const last = store.audit.last()
    const trail = last === null ? null : { seq: last.seq, hash: last.hash }
    const points = shown.points.map((point) => ({ ...point, history: store.declarations.of(point.id, historyMax).map(toldOf) }))
    return `${JSON.stringify({ plumbline: rooms.about().version, at: iso(shown.at), trail, points }, null, 2)}\n`
  }
}

function toldOf({ at, answer, who, note }: Declaration) {
  return { at, answer, who, note }
}

const columns = ['part', 'group', 'point', 'question', 'answer', 'answered by', 'evidence', 'declared', 'declared by', 'declared at', 'note']

function csvOf({ points }: AuditPageView): string {
  const rows = points.map(({ part, group, id, asks, answer, by, evidence, declared }) => [
    part,
    group,
    id,
    asks,
    answer ?? 'open',
    by ?? '',
    evidence?.says ?? '',
    declared?.answer ?? '',
    declared?.who ?? '',
    declared === null ? '' : iso(declared.at),
    declared?.note ?? '',
  ])
  // what a person typed must not become a formula in the program that opens it
  return stringify(rows, { header: true, columns, record_delimiter: 'windows', escape_formulas: true })
}
