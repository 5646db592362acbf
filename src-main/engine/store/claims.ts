/** Which records name which order number under a pair's reference pattern: where the two sides of an order meet. */
import type { Database } from 'better-sqlite3'
import type { Currency } from '../../domain/money.ts'
import type { Interval } from '../../domain/tax.ts'
import type { BodyStore } from './bodies.ts'
import type { Tx } from './database.ts'
import type { Recall } from './recall.ts'
import { type SnapshotRow, recalled, snapshotColumns } from './snapshot-rows.ts'
import type { Snapshot } from './snapshots.ts'

/** What both sides of an ordinary order must say alike; in whole minor units, each as far as it may honestly be rounded. */
export interface Gist {
  readonly currency: Currency
  readonly total: Interval
  readonly tax: Interval
  /** Of the units of each product, by the ERP's names. */
  readonly goods: number
}

/** What one record claims. */
export interface Claim {
  readonly side: 'shop' | 'erp'
  readonly numbers: readonly string[]
  /** Null where anything about the record is out of the ordinary. */
  readonly gist: Gist | null
}

interface ClaimRow {
  number: string
  side: number
  currency: string | null
  total_low: number | null
  total_high: number | null
  tax_low: number | null
  tax_high: number | null
  goods: number | null
}

/** Of one number: exactly one record of each side, both ordinary, that say the same. */
const agreement = `(
  COUNT(*) = 2 AND SUM(side) = 1 AND COUNT(currency) = 2 AND MIN(currency) = MAX(currency)
  AND MAX(total_low) <= MIN(total_high) AND MAX(tax_low) <= MIN(tax_high)
  AND COUNT(goods) = 2 AND MIN(goods) = MAX(goods))`

/** Numbers in their order, the first left out. */
export interface Stretch {
  readonly after: string
  readonly through: string
}

/** Claims walked over in one go: a question from a screen waits for one stretch, not for all. */
const stretchMax = 8000

export function claimStore(db: Database, bodies: BodyStore, recall: Recall) {
  const records = db.prepare<[string, string], SnapshotRow>(`
    SELECT ${snapshotColumns} FROM claim
    JOIN snapshot ON snapshot.row = claim.snapshot
    JOIN stream ON stream.row = snapshot.stream
    WHERE claim.pair = ? AND claim.number = ?
    ORDER BY snapshot.row
    LIMIT 1000`)
  // the index is named here and below: the planner, which knows of no sizes, would walk over all that the pair claims
  const ofSnapshot = db.prepare<[number, string], ClaimRow>(`
    SELECT number, side, currency, total_low, total_high, tax_low, tax_high, goods FROM claim INDEXED BY claim_of
    WHERE snapshot = ? AND pair = ? ORDER BY number`)
  const named = db.prepare<[string, string, string], { found: number }>(`
    SELECT 1 AS found FROM claim
    JOIN snapshot ON snapshot.row = claim.snapshot
    JOIN stream ON stream.row = snapshot.stream
    WHERE claim.pair = ? AND claim.number = ? AND stream.connection = ?
    LIMIT 1`)
  const drop = db.prepare(`DELETE FROM claim INDEXED BY claim_of WHERE snapshot = ? AND pair = ?`)
  const add = db.prepare(`
    INSERT OR REPLACE INTO claim (pair, snapshot, number, side, currency, total_low, total_high, tax_low, tax_high, goods)
    VALUES (@pair, @snapshot, @number, @side, @currency, @total_low, @total_high, @tax_low, @tax_high, @goods)`)
  const leave = db.prepare(`
    INSERT OR REPLACE INTO claim_past (pair, number, snapshot, until)
    SELECT ?, ?, row, last_seen_at FROM snapshot WHERE row = ?`)
  const agree = db.prepare<[string, string], { agreed: number | null }>(`
    SELECT ${agreement} AS agreed FROM claim WHERE pair = ? AND number = ?`)
  const disagreeing = db.prepare<[string, string, string], { number: string }>(`
    SELECT number FROM claim WHERE pair = ? AND number > ? AND number <= ? GROUP BY number HAVING ${agreement} IS NOT TRUE`)
  const shared = db.prepare<[string, string, string, string], { number: string }>(`
    SELECT DISTINCT theirs.number FROM claim AS theirs JOIN claim AS ours ON ours.pair = ? AND ours.number = theirs.number
    WHERE theirs.pair = ? AND theirs.number > ? AND theirs.number <= ? AND theirs.side = 0`)
  const followers = db.prepare<[string], { row: number }>(`
    SELECT stream.row FROM stream JOIN pair ON stream.connection IN (pair.shop, pair.erp)
    WHERE pair.id = ? AND stream.name IN ('fulfilments', 'shipments', 'returns', 'invoices', 'credit-notes') AND stream.held > 0`)
  const isFollowed = `
    EXISTS (SELECT 1 FROM snapshot_key WHERE stream = @stream AND name = 'order' AND value = snapshot.id)`
  const followed = db.prepare<[Record<string, unknown>], { number: string }>(`
    SELECT DISTINCT claim.number FROM claim JOIN snapshot ON snapshot.row = claim.snapshot
    WHERE claim.pair = @pair AND claim.number > @after AND claim.number <= @through AND ${isFollowed}`)
  const followedOne = db.prepare<[Record<string, unknown>], { found: number }>(`
    SELECT 1 AS found FROM claim JOIN snapshot ON snapshot.row = claim.snapshot
    WHERE claim.pair = @pair AND claim.number = @number AND ${isFollowed} LIMIT 1`)
  const reach = db.prepare<[string, string], { through: string | null }>(`
    SELECT MAX(number) AS through FROM (
      SELECT number FROM claim WHERE pair = ? AND number > ? ORDER BY number LIMIT ${stretchMax})`)
  const page = db.prepare<[string, string, number], { number: string }>(`
    SELECT DISTINCT number FROM claim WHERE pair = ? AND number > ? ORDER BY number LIMIT ?`)

  return {
    /** Records of both sides that name the number, at most 1,000. */
    records: (pair: string, number: string): readonly Snapshot[] =>
      recall.answer(askedByNumber(pair, number), () => records.all(pair, number).map((row) => recalled(row, bodies, recall))),
    /** Whether any record of a connection names the number. */
    isNamedBy: (pair: string, number: string, connection: string): boolean =>
      named.get(pair, number, connection) !== undefined,
    /** The numbers that a record names. */
    numbers: (pair: string, snapshot: number): readonly string[] =>
      recall.names(askedByClaimant(pair, snapshot), () => ofSnapshot.all(snapshot, pair).map((row) => row.number)),
    /** Most changes leave what a record claims as it is: then nothing is written. */
    replace(_tx: Tx, pair: string, snapshot: number, now: Claim): void {
      const rows = rowsOf(now)
      const before = ofSnapshot.all(snapshot, pair)
      if (isSame(before, rows)) return
      recall.forgetAnswer(askedByClaimant(pair, snapshot))
      for (const { number } of [...before, ...rows]) recall.forgetAnswer(askedByNumber(pair, number))
      if (before.length > 0) drop.run(snapshot, pair)
      for (const { number } of before) if (!now.numbers.includes(number)) leave.run(pair, number, snapshot)
      for (const row of rows) add.run({ pair, snapshot, ...row })
    },
    /** Whether a number has one record of each side, both ordinary, that say the same. */
    agree: (pair: string, number: string): boolean => agree.get(pair, number)?.agreed === 1,
    /** The numbers of a stretch of which that does not hold, in order. */
    disagreeing: (pair: string, { after, through }: Stretch): readonly string[] =>
      disagreeing.all(pair, after, through).map((row) => row.number),
    /** The numbers of a stretch that are claimed for a pair, and by the shop of a rival. */
    shared: (pair: string, rival: string, { after, through }: Stretch): readonly string[] =>
      shared.all(pair, rival, after, through).map((row) => row.number),
    /** Whether any invoice, credit note, delivery, return or parcel is of a record under the number. */
    isFollowed: (pair: string, number: string): boolean =>
      followers.all(pair).some(({ row }) => followedOne.get({ pair, number, stream: row }) !== undefined),
    /** The numbers of a stretch of which that holds. */
    followed: (pair: string, stretch: Stretch): readonly string[] =>
      followers.all(pair).flatMap(({ row }) => followed.all({ pair, ...stretch, stream: row }).map((one) => one.number)),
    /** How far the next stretch after a number goes; null where there is none. */
    reach: (pair: string, after: string): string | null => reach.get(pair, after)?.through ?? null,
    /** Every number of a pair, in order; go on from the last one. */
    page: (pair: string, after: string, limit: number): readonly string[] =>
      page.all(pair, after, limit).map((row) => row.number),
  }
}

function askedByNumber(pair: string, number: string): string {
  return `number\n${pair}\n${number}`
}

function askedByClaimant(pair: string, snapshot: number): string {
  return `claimant\n${pair}\n${snapshot}`
}

function rowsOf({ side, numbers, gist }: Claim): readonly ClaimRow[] {
  const figures = {
    side: side === 'shop' ? 0 : 1,
    currency: gist?.currency ?? null,
    total_low: gist?.total.low ?? null,
    total_high: gist?.total.high ?? null,
    tax_low: gist?.tax.low ?? null,
    tax_high: gist?.tax.high ?? null,
    goods: gist?.goods ?? null,
  }
  return numbers.toSorted().map((number) => ({ number, ...figures }))
}

function isSame(before: readonly ClaimRow[], now: readonly ClaimRow[]): boolean {
  const faceOf = (row: ClaimRow | undefined): string => JSON.stringify(row)
  return before.length === now.length && before.every((row, nth) => faceOf(row) === faceOf(now[nth]))
}
