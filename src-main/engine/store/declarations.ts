/** What people declared on the audit page: every answer is kept, the latest counts. */
import type { Database } from 'better-sqlite3'
import { type AuditPointId, type Declaration, declarationSchema } from '../../domain/audit-points.ts'
import type { Tx } from './database.ts'

export function declarationStore(db: Database) {
  const columns = `point, at, answer, who, note`
  const put = db.prepare(`
    INSERT INTO audit_declaration (point, nth, at, answer, who, note)
    VALUES (@point, (SELECT COUNT(*) FROM audit_declaration WHERE point = @point), @at, @answer, @who, @note)`)
  const of = db.prepare<[string, number], unknown>(`SELECT ${columns} FROM audit_declaration WHERE point = ? ORDER BY nth DESC LIMIT ?`)
  const latest = db.prepare<[], unknown>(`
    SELECT ${columns} FROM audit_declaration AS one
    WHERE nth = (SELECT MAX(nth) FROM audit_declaration WHERE point = one.point)`)
  const counts = db.prepare<[], { point: string; total: number }>(`SELECT point, COUNT(*) AS total FROM audit_declaration GROUP BY point`)

  return {
    add(_tx: Tx, declaration: Declaration): void {
      put.run(declarationSchema.parse(declaration))
    },
    /** Newest first. */
    of: (point: AuditPointId, limit: number): readonly Declaration[] => of.all(point, limit).map((row) => declarationSchema.parse(row)),
    /** The one that counts, by point. A point that this version does not ask any more keeps its answers, and is not shown. */
    latest: (): ReadonlyMap<AuditPointId, Declaration> =>
      new Map(latest.all().flatMap((row) => {
        const parsed = declarationSchema.safeParse(row)
        return parsed.success ? [[parsed.data.point, parsed.data] as const] : []
      })),
    counts: (): ReadonlyMap<string, number> => new Map(counts.all().map((row) => [row.point, row.total])),
  }
}
