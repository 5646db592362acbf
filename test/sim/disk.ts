/** A disk that dies: what it held of a database at some call, torn wherever nothing was promised yet. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../src-main/engine/store/database.ts'

export interface DiskCopy {
  readonly database: Buffer
  /** Empty where there is none. */
  readonly log: Buffer
}

/** What lies on the disk now, with the process still alive: nothing of it is read through the engine. */
export function copyOf(path: string): DiskCopy {
  const log = `${path}-wal`
  return { database: readFileSync(path), log: existsSync(log) ? readFileSync(log) : Buffer.alloc(0) }
}

/** A page's frame in SQLite's write-ahead log: 24 bytes about it, then the page (sqlite.org/fileformat2.html §4.1). */
const headerBytes = 32
const frameHeaderBytes = 24

/**
 * Up to where a log is promised: the end of its last commit. Every commit was synced before it was acknowledged, because
 * the store asks for it; `synchronousOf` says whether it does.
 */
export function promisedBytes(log: Buffer): number {
  if (log.byteLength < headerBytes) return 0
  const pageBytes = log.readUInt32BE(8)
  const salt = log.subarray(16, 24)
  let promised = 0
  for (let at = headerBytes; at + frameHeaderBytes + pageBytes <= log.byteLength; at += frameHeaderBytes + pageBytes) {
    // what was left of an earlier round of the log has another salt
    if (!log.subarray(at + 8, at + 16).equals(salt)) break
    if (log.readUInt32BE(at + 4) !== 0) promised = at + frameHeaderBytes + pageBytes
  }
  return promised
}

/**
 * What a power cut leaves of the writing that led from `before` to `after`: promised bytes whole, of the rest as much as
 * `fraction` says, and behind that what lay there before.
 */
export function afterPowerCut(before: DiskCopy, after: DiskCopy, fraction: number): { readonly disk: DiskCopy; readonly isTorn: boolean } {
  const isSame = isSameRound(before.log, after.log)
  // then the log's old pages went into the database meanwhile, which is whole again only now
  if (!isSame && !before.database.equals(after.database)) return { disk: after, isTorn: false }
  // a log that begins anew is promised nothing of yet: all that the old one held is in the database
  const kept = isSame ? promisedBytes(before.log) : 0
  const end = promisedBytes(after.log)
  const cut = kept + Math.floor((end - kept) * fraction)
  const log = Buffer.concat([after.log.subarray(0, cut), before.log.subarray(cut)])
  return { disk: { database: before.database, log }, isTorn: cut > kept && cut < end }
}

/** Brings the log's pages into the database, as SQLite does of itself when the log has grown long; the log stays. */
export function fold(path: string): void {
  const db = new Sqlite(path)
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
  } finally {
    db.close()
  }
}

/** What a power cut leaves of that: the log was whole on the disk before, and any of the pages may have come over. */
export function cutWhileFolding(before: DiskCopy, after: DiskCopy, roll: () => number): DiskCopy {
  const pageBytes = before.log.byteLength < headerBytes ? after.database.byteLength : before.log.readUInt32BE(8)
  const database = Buffer.alloc(Math.max(before.database.byteLength, after.database.byteLength))
  before.database.copy(database)
  for (let at = 0; at < after.database.byteLength; at += pageBytes) {
    if (roll() < 0.5) after.database.copy(database, at, at, at + pageBytes)
  }
  return { database, log: before.log }
}

/** A log that begins anew writes over the old one, whose pages are in the database by then. */
function isSameRound(before: Buffer, after: Buffer): boolean {
  return before.byteLength >= headerBytes && before.subarray(16, 24).equals(after.subarray(16, 24))
}

/** How the store asks SQLite to treat the disk: 2 is a sync with every commit. */
export function synchronousOf(path: string): number {
  const { db } = openDatabase(path, 0)
  try {
    return Number(db.pragma('synchronous', { simple: true }))
  } finally {
    db.close()
  }
}

export function lay(copy: DiskCopy, path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  writeFileSync(path, copy.database)
  if (copy.log.byteLength > 0) writeFileSync(`${path}-wal`, copy.log)
}
