/** Days that somebody has signed off, with the figures that were signed. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from './database.ts'
import { fromJson, toJson } from './rows.ts'

/** Minor units. */
export const figuresSchema = z.object({ shop: z.int(), erp: z.int(), unexplained: z.int(), notJudged: z.int() })
export type SignedFigures = z.infer<typeof figuresSchema>

export interface SignOff {
  readonly pair: string
  readonly day: string
  readonly currency: string
  readonly signedAt: Instant
  readonly signedBy: string
  readonly note: string | null
  readonly figures: SignedFigures
  /** When late facts made it another day than the one that was signed; null while it still is that one. */
  readonly reopenedAt: Instant | null
}

interface SignOffRow {
  pair: string
  day: string
  currency: string
  signed_at: number
  signed_by: string
  note: string | null
  figures_json: string
  reopened_at: number | null
}

export function signOffStore(db: Database) {
  const one = db.prepare<[string, string, string], SignOffRow>(`SELECT * FROM sign_off WHERE pair = ? AND day = ? AND currency = ?`)
  const since = db.prepare<[string, string], SignOffRow>(`SELECT * FROM sign_off WHERE pair = ? AND day >= ? ORDER BY day, currency`)
  const put = db.prepare(`
    INSERT OR REPLACE INTO sign_off (pair, day, currency, signed_at, signed_by, note, figures_json, reopened_at)
    VALUES (@pair, @day, @currency, @signedAt, @signedBy, @note, @figuresJson, NULL)`)
  const reopen = db.prepare(`UPDATE sign_off SET reopened_at = ? WHERE pair = ? AND day = ? AND currency = ? AND reopened_at IS NULL`)
  const restore = db.prepare(`UPDATE sign_off SET reopened_at = NULL WHERE pair = ? AND day = ? AND currency = ? AND reopened_at IS NOT NULL`)
  const ofDay = db.prepare<[string, string], SignOffRow>(`SELECT * FROM sign_off WHERE pair = ? AND day = ? ORDER BY currency`)
  const reopened = db.prepare<[string], SignOffRow>(`SELECT * FROM sign_off WHERE pair = ? AND reopened_at IS NOT NULL ORDER BY day, currency`)
  const latest = db.prepare<[string], { at: number | null }>(`SELECT MAX(signed_at) AS at FROM sign_off WHERE pair = ?`)

  return {
    get(pair: string, day: string, currency: string): SignOff | null {
      const row = one.get(pair, day, currency)
      return row === undefined ? null : toSignOff(row)
    },
    /** From a day on, that day included. */
    since: (pair: string, day: string): readonly SignOff[] => since.all(pair, day).map(toSignOff),
    ofDay: (pair: string, day: string): readonly SignOff[] => ofDay.all(pair, day).map(toSignOff),
    /** Signed, and open again. */
    reopened: (pair: string): readonly SignOff[] => reopened.all(pair).map(toSignOff),
    save(_tx: Tx, signed: Omit<SignOff, 'reopenedAt'>): void {
      const { figures, ...rest } = signed
      put.run({ ...rest, figuresJson: toJson(figuresSchema, figures) })
    },
    /** True when it was closed until now. */
    reopen: (_tx: Tx, { pair, day, currency }: Pick<SignOff, 'pair' | 'day' | 'currency'>, at: Instant): boolean =>
      reopen.run(at, pair, day, currency).changes === 1,
    /** It says again what was signed; true when it had been open. */
    restore: (_tx: Tx, { pair, day, currency }: Pick<SignOff, 'pair' | 'day' | 'currency'>): boolean => restore.run(pair, day, currency).changes === 1,
    /** When anybody last signed a day of the pair. */
    latestAt: (pair: string): Instant | null => latest.get(pair)?.at ?? null,
  }
}

function toSignOff(row: SignOffRow): SignOff {
  return {
    pair: row.pair,
    day: row.day,
    currency: row.currency,
    signedAt: row.signed_at,
    signedBy: row.signed_by,
    note: row.note,
    figures: fromJson(figuresSchema, row.figures_json),
    reopenedAt: row.reopened_at,
  }
}
