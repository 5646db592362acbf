/** What the file was asked of records lately: an answer holds until something that it speaks of is written. */
import type { Database } from 'better-sqlite3'
import type { DomainRecord, RecordKey, StreamName } from '../../domain/records.ts'
import type { Snapshot } from './snapshots.ts'

export type Recall = ReturnType<typeof newRecall>

/** Bounds, not sizes: what some hundred orders are made of, and what is asked of them. */
const snapshotsMax = 4000
const questionsMax = 20_000
/** What so many records answer is asked anew. */
const answersMax = 100

/** What a record said before, newest first, as far as it was asked. */
interface Earlier {
  readonly limit: number
  readonly records: readonly DomainRecord[]
}

/** Every writer of records, their keys and their claims tells what it wrote; the values are shared, and nobody changes them. */
export function newRecall(db: Database) {
  const version = db.prepare<[], { data_version: number }>(`PRAGMA data_version`)
  const snapshots = lately<number, Snapshot>(snapshotsMax)
  const questions = lately<string, readonly number[]>(questionsMax)
  const names = lately<string, readonly string[]>(questionsMax)
  const earlier = lately<number, Earlier>(snapshotsMax)
  let readAt = version.get()?.data_version

  function forgetAll(): void {
    for (const one of [snapshots, questions, names, earlier]) one.clear()
  }

  /** Null where one of them is not known any more. */
  function all(rows: readonly number[]): readonly Snapshot[] | null {
    const known: Snapshot[] = []
    for (const row of rows) {
      const one = snapshots.get(row)
      if (one === undefined) return null
      known.push(one)
    }
    return known
  }

  return {
    forgetAll,
    /** Asked inside each transaction: what another process wrote is known to nobody here. */
    catchUp(): void {
      const now = version.get()?.data_version
      if (now !== readAt) forgetAll()
      readAt = now
    },
    snapshot: (row: number): Snapshot | undefined => snapshots.get(row),
    keep(snapshot: Snapshot): Snapshot {
      snapshots.set(snapshot.row, snapshot)
      return snapshot
    },
    answer(question: string, ask: () => readonly Snapshot[]): readonly Snapshot[] {
      const rows = questions.get(question)
      const known = rows === undefined ? null : all(rows)
      if (known !== null) return known
      const answer = ask()
      if (answer.length <= answersMax) questions.set(question, answer.map(({ row }) => row))
      return answer
    },
    names(question: string, ask: () => readonly string[]): readonly string[] {
      const known = names.get(question) ?? ask()
      names.set(question, known)
      return known
    },
    earlier(row: number, limit: number, ask: () => readonly DomainRecord[]): readonly DomainRecord[] {
      const known = earlier.get(row)
      if (known !== undefined && (limit <= known.limit || known.records.length < known.limit)) return known.records.slice(0, limit)
      const records = ask()
      earlier.set(row, { limit, records })
      return records
    },
    /** Nothing but when it was met last is other than before. */
    metAgain(row: number, lastSeenAt: number): void {
      const known = snapshots.get(row)
      if (known !== undefined) snapshots.set(row, { ...known, lastSeenAt })
    },
    forget(row: number): void {
      snapshots.delete(row)
      earlier.delete(row)
    },
    forgetAnswer(question: string): void {
      questions.delete(question)
      names.delete(question)
    },
    forgetEarlier: earlier.clear,
  }
}

export function askedById(connection: string, stream: StreamName, id: string): string {
  return `${connection}\n${stream}\n\n${id}`
}

export function askedByKey(connection: string, stream: StreamName, name: RecordKey['name'], value: string): string {
  return `${connection}\n${stream}\n${name}\n${value}`
}

/** The `max` that were asked for last, and as many before them at most. */
function lately<Key, Value>(max: number) {
  let young = new Map<Key, Value>()
  let old = new Map<Key, Value>()
  function set(key: Key, value: Value): void {
    if (young.size >= max) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  return {
    set,
    get(key: Key): Value | undefined {
      const known = young.get(key)
      if (known !== undefined) return known
      const before = old.get(key)
      if (before !== undefined) set(key, before)
      return before
    },
    delete(key: Key): void {
      // most of a first reading is written before anybody asks: nothing is looked for where nothing is
      if (young.size > 0) young.delete(key)
      if (old.size > 0) old.delete(key)
    },
    clear(): void {
      young = new Map()
      old = new Map()
    },
  }
}
