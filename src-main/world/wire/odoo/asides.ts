/** What clients wrote that the books hold nothing of: fields that nothing is reckoned from, as a note, and dialogues that they opened. */
import type { Fields, Model, Raw } from './fields.ts'
import { type Row, Table } from '../../table.ts'

/** A dialogue over orders, as a client has filled it in. */
export interface Wizard extends Row {
  readonly saleIds: readonly number[]
}

export class Asides {
  readonly wizards = new Table<Wizard>()
  readonly #held = new Map<string, Map<string, Raw>>()

  /** Undefined where nobody wrote any. */
  get(model: string, id: number, field: string): Raw | undefined {
    return this.#held.size === 0 ? undefined : this.#held.get(`${model},${id}`)?.get(field)
  }

  keep(model: Model, id: number, values: Iterable<readonly [string, Raw]>): void {
    const key = `${model.name},${id}`
    for (const [name, raw] of values) {
      if (model.aside?.has(name) !== true) continue
      const held = this.#held.get(key) ?? new Map<string, Raw>()
      this.#held.set(key, held.set(name, raw))
    }
  }
}

/** Fields that keep what is written into them: those of a column, which neither the books hold nor Odoo computes. */
export function asideOf<R extends Row>(fields: Fields<R>, booked: readonly string[]): ReadonlySet<string> {
  return new Set(Object.entries(fields).flatMap(([name, { type, options }]) => {
    const isColumn = options.store !== false && options.readonly !== true && type !== 'one2many' && type !== 'many2many'
    return isColumn && !booked.includes(name) ? [name] : []
  }))
}

export function withAsides<R extends Row>(model: string, fields: Fields<R>, aside: ReadonlySet<string>): Fields<R> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => {
    if (!aside.has(name)) return [name, field]
    return [name, { ...field, value: (row, env) => {
      const held = env.asides.get(model, row.id, name)
      return held === undefined ? field.value(row, env) : held
    } }]
  }))
}
