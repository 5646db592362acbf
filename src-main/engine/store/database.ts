/** Opens the one SQLite file: pragmas, integrity, migrations; a corrupt file is set aside, never deleted. */
import { existsSync, renameSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Instant } from '../../domain/time.ts'
import { migrate } from './migrate.ts'
import { isTrusted, noteClosed, noteDamaged, noteOpened, smallBytes } from './soundness.ts'

declare const txMark: unique symbol

/** Proof of being inside a transaction: writers ask for it, and only `transaction` makes one. */
export interface Tx {
  readonly [txMark]: true
}

export interface Opened {
  readonly db: Database
  /** Where a corrupt file was moved to; null when the file was sound. */
  readonly setAside: string | null
}

/** `:memory:` or a path. Throws NewerDatabaseError; a file that is no sound database is renamed and a new one begun. */
export function openDatabase(path: string, now: Instant, small: number = smallBytes): Opened {
  try {
    return { db: prepared(path, now, small), setAside: null }
  } catch (error) {
    if (path === ':memory:' || !isCorruption(error)) throw error
    const setAside = `${path}.corrupt-${new Date(now).toISOString().replaceAll(':', '-')}`
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, setAside + suffix)
    }
    return { db: prepared(path, now, small), setAside }
  }
}

function prepared(path: string, now: Instant, small: number): Database {
  const db = new Sqlite(path, { timeout: 5000 })
  try {
    db.pragma('journal_mode = WAL')
    // every commit is on disk before it returns: a replay's intent must survive a power cut
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('cache_size = -65536')
    db.pragma('wal_autocheckpoint = 4000')
    const trusted = isTrusted(db, now, small)
    if (!trusted) {
      const verdict = db.pragma('quick_check(1)', { simple: true })
      if (verdict !== 'ok') throw new CorruptDatabaseError(String(verdict))
    }
    migrate(db)
    if (!db.memory) noteOpened(db, trusted ? null : now)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

class CorruptDatabaseError extends Error {
  override readonly name = 'CorruptDatabaseError'
}

function isCorruption(error: unknown): boolean {
  if (error instanceof CorruptDatabaseError) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')
}

/** Runs `work` in one immediate transaction; it must not be async, and better-sqlite3 refuses it when it is. */
export function transaction<T>(db: Database, work: (tx: Tx) => T): T {
  // the mark exists for the type checker only
  return watched(db, () => db.transaction(work as (tx: unknown) => T).immediate({}))
}

/** Many questions over one state of the file, without asking for it anew each time. */
export function reading<T>(db: Database, work: () => T): T {
  return watched(db, () => db.transaction(work).deferred())
}

/** A file in which damage is met is looked through, and set aside, at the next start. */
function watched<T>(db: Database, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (isCorruption(error)) noteDamaged(db)
    throw error
  }
}

export function closeDatabase(db: Database): void {
  try {
    if (db.open && !db.memory) noteClosed(db)
  } finally {
    db.close()
  }
}
