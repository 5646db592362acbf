/** Rows of one kind in a simulated platform: found by id, and in the order in which they last changed. */

export interface Row {
  readonly id: number
  /** The platform's own stamp of the last change, in milliseconds; what a poller's cursor is made of. */
  changedAt: number
}

export class Table<R extends Row> {
  readonly #rows = new Map<number, R>()
  /** Sorted by (changedAt, id) up to `#sorted`; later entries are sorted when somebody asks. */
  #order: R[] = []
  #unsorted = false

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
    if (!this.#rows.has(row.id)) {
      this.#rows.set(row.id, row)
      this.#order.push(row)
    }
    this.#unsorted = true
  }

  /** Leaves no tombstone, as most platforms. */
  remove(id: number): void {
    this.#rows.delete(id)
    this.#order = this.#order.filter((row) => row.id !== id)
  }

  all(): Iterable<R> {
    return this.#rows.values()
  }

  /** Rows whose stamp is `from` or later, by (changedAt, id). */
  changedSince(from: number): readonly R[] {
    if (this.#unsorted) {
      this.#order.sort((left, right) => left.changedAt - right.changedAt || left.id - right.id)
      this.#unsorted = false
    }
    let low = 0
    let high = this.#order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const row = this.#order[middle]
      if (row !== undefined && row.changedAt < from) low = middle + 1
      else high = middle
    }
    return this.#order.slice(low)
  }
}
