/** Rows of one kind in a simulated platform: found by id, by a key, and in the order in which they last changed. */

export interface Row {
  readonly id: number
  /** The platform's own stamp of the last change, in milliseconds; what a poller's cursor is made of. */
  changedAt: number
}

/** One stamp that a row was given; its row is gone from it once the row has a later one. */
interface Stamp<R> {
  readonly at: number
  readonly id: number
  row: R | null
}

interface Index<R> {
  readonly keysOf: (row: R) => readonly IndexKey[]
  readonly keys: Map<number, readonly IndexKey[]>
  readonly rows: Map<IndexKey, Map<number, R>>
}

export type IndexKey = string | number

export class Table<R extends Row> {
  readonly #rows = new Map<number, R>()
  /** By (at, id). Stamps mostly come in this order, so a row that changes is a new end and a dead entry before it. */
  #stamps: Stamp<R>[] = []
  readonly #current = new Map<number, Stamp<R>>()
  #dead = 0
  #firstId = Infinity
  #lastId = -Infinity
  readonly #indexes: Index<R>[] = []

  get size(): number {
    return this.#rows.size
  }

  get(id: number): R | null {
    return this.#rows.get(id) ?? null
  }

  /** Throws when there is none: the world asks only for what it made. */
  must(id: number): R {
    const row = this.#rows.get(id)
    if (row === undefined) throw new Error(`There is no row ${id}.`)
    return row
  }

  /** Keeps a new row, or says that a known one has changed at `row.changedAt`. */
  put(row: R): void {
    this.#rows.set(row.id, row)
    this.#firstId = Math.min(this.#firstId, row.id)
    this.#lastId = Math.max(this.#lastId, row.id)
    for (const index of this.#indexes) file(index, row)
    const current = this.#current.get(row.id)
    if (current?.at === row.changedAt) {
      current.row = row
      return
    }
    if (current !== undefined) this.#bury(current)
    const stamp = { at: row.changedAt, id: row.id, row }
    this.#current.set(row.id, stamp)
    const last = this.#stamps.at(-1)
    if (last === undefined || isBefore(last, stamp)) this.#stamps.push(stamp)
    else this.#stamps.splice(this.#firstNotBefore(stamp), 0, stamp)
  }

  /** Leaves no tombstone, as most platforms. */
  remove(id: number): void {
    this.#rows.delete(id)
    const current = this.#current.get(id)
    if (current !== undefined) this.#bury(current)
    this.#current.delete(id)
    for (const index of this.#indexes) unfile(index, id)
  }

  all(): Iterable<R> {
    return this.#rows.values()
  }

  /** Rows whose stamp is `from` or later, by (changedAt, id). */
  changedSince(from: number): readonly R[] {
    return [...this.eachSince(from)]
  }

  /** The same one after another, for who stops early; nothing may change in between. */
  *eachSince(from: number): Iterable<R> {
    for (let at = this.#firstNotBefore({ at: from, id: -Infinity }); at < this.#stamps.length; at += 1) {
      const row = this.#stamps[at]?.row
      if (row !== null && row !== undefined) yield row
    }
  }

  /** Rows with a greater id, by id. */
  *eachAfter(id: number): Iterable<R> {
    for (let next = Math.max(Math.floor(id) + 1, this.#firstId); next <= this.#lastId; next += 1) {
      const row = this.#rows.get(next)
      if (row !== undefined) yield row
    }
  }

  /** A way to find rows by keys that follow from their content; it is kept with every `put`. */
  index(keysOf: (row: R) => readonly IndexKey[]): (key: IndexKey) => readonly R[] {
    const index: Index<R> = { keysOf, keys: new Map(), rows: new Map() }
    for (const row of this.#rows.values()) file(index, row)
    this.#indexes.push(index)
    return (key) => [...(index.rows.get(key)?.values() ?? [])]
  }

  #bury(stamp: Stamp<R>): void {
    stamp.row = null
    this.#dead += 1
    if (this.#dead < 64 || this.#dead * 2 < this.#stamps.length) return
    this.#stamps = this.#stamps.filter((each) => each.row !== null)
    this.#dead = 0
  }

  #firstNotBefore(place: Pick<Stamp<R>, 'at' | 'id'>): number {
    let low = 0
    let high = this.#stamps.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const stamp = this.#stamps[middle]
      if (stamp !== undefined && isBefore(stamp, place)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function isBefore(left: Pick<Stamp<unknown>, 'at' | 'id'>, right: Pick<Stamp<unknown>, 'at' | 'id'>): boolean {
  return left.at < right.at || (left.at === right.at && left.id < right.id)
}

function file<R extends Row>(index: Index<R>, row: R): void {
  const keys = index.keysOf(row)
  const known = index.keys.get(row.id)
  if (known === undefined || known.length !== keys.length || known.some((key, at) => key !== keys[at])) {
    unfile(index, row.id)
    index.keys.set(row.id, [...keys])
  }
  for (const key of keys) {
    const rows = index.rows.get(key) ?? new Map<number, R>()
    rows.set(row.id, row)
    index.rows.set(key, rows)
  }
}

function unfile<R extends Row>(index: Index<R>, id: number): void {
  for (const key of index.keys.get(id) ?? []) index.rows.get(key)?.delete(id)
  index.keys.delete(id)
}
