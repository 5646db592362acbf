/** Bodies of records, small on disk: each is told as what is other than in a sample record of its stream. */
import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { DomainRecord } from '../../domain/records.ts'
import { type Json, read, tell } from './delta.ts'
import type { StreamHead } from './streams.ts'

export type BodyStore = ReturnType<typeof bodyStore>

/** The first record of a stream may be somebody's trial: with so many to choose from, a better sample is chosen, once. */
const choice = 256

/** A body begins with the key of its sample. */
const keyBytes = 6

export function bodyStore(db: Database) {
  const find = db.prepare<[number], { body_json: string }>(`SELECT body_json FROM sample WHERE key = ?`)
  const add = db.prepare(`INSERT OR IGNORE INTO sample (key, stream, body_json) VALUES (?, ?, ?)`)
  const choose = db.prepare(`UPDATE stream SET sample = ?, sampled_of = ? WHERE row = ?`)
  const newest = db.prepare<[number, number], { body: Buffer }>(`
    SELECT body FROM snapshot WHERE stream = ? ORDER BY row DESC LIMIT ?`)
  /** A key is made from what it names, so that what is remembered holds even when the transaction that added it does not. */
  const remembered = new Map<number, Json>()

  function sampleOf(key: number): Json {
    const known = remembered.get(key)
    if (known !== undefined) return known
    const row = find.get(key)
    if (row === undefined) throw new Error(`the sample ${key} of a body is not in the file`)
    const sample = JSON.parse(row.body_json) as Json
    remembered.set(key, sample)
    return sample
  }

  /** The key of the sample that a new body of the stream is told by. */
  function keyFor(stream: StreamHead, text: string): number {
    if (stream.sample !== null && (stream.held < choice || stream.sampledOf >= choice)) return stream.sample
    const sample = stream.sample === null ? text : typical(newest.all(stream.row, choice).map(({ body }) => JSON.stringify(unpack(body))))
    const key = hash('sha256', `${stream.row} ${sample}`, 'buffer').readUIntBE(0, keyBytes)
    add.run(key, stream.row, sample)
    choose.run(key, stream.held, stream.row)
    return key
  }

  function unpack(body: Buffer): DomainRecord {
    // our own rows, validated when they were written: parsing each again would double the cost of every judgement
    return read(sampleOf(body.readUIntBE(0, keyBytes)), body.subarray(keyBytes)) as unknown as DomainRecord
  }

  return {
    /** `text` is the record's JSON. */
    pack(stream: StreamHead, record: DomainRecord, text: string): Buffer {
      const key = keyFor(stream, text)
      const body = tell(sampleOf(key), record, keyBytes)
      body.writeUIntBE(key, 0, keyBytes)
      return body
    },
    unpack,
  }
}

/** The longest of a hundred has most of what any other has; the very longest may be one of a kind. */
function typical(texts: readonly string[]): string {
  const sorted = texts.toSorted((a, b) => b.length - a.length)
  return sorted[Math.floor(sorted.length / 100)] ?? ''
}
