/** What a model of the simulated Odoo is made of: fields with their kinds, and where their values come from. */
import type { Decimal } from '../../decimal.ts'
import type { Erp, ErpBooks, Instant, User } from '../../erp/erp.ts'
import { nobody, robot } from '../../erp/ledger.ts'
import type { Row, Table } from '../../table.ts'
import { asideOf, type Asides, withAsides } from './asides.ts'

export type Version = 16 | 17 | 18 | 19

export interface Context {
  readonly [name: string]: unknown
}

/** Everything that one call may look at. */
export interface Env {
  readonly erp: Erp
  readonly books: ErpBooks
  readonly version: Version
  readonly registry: Registry
  readonly user: User
  readonly context: Context
  readonly asides: Asides
  /** The transaction's start. */
  readonly now: Instant
}

export type Registry = ReadonlyMap<string, Model>

/** As the database holds it: an id for a many2one, milliseconds for a datetime, null for what is empty. */
export type Raw = null | boolean | number | string | Decimal | readonly number[]

export type FieldType =
  | 'integer' | 'float' | 'monetary' | 'boolean' | 'char' | 'text' | 'selection' | 'date' | 'datetime'
  | 'many2one' | 'one2many' | 'many2many'

export interface FieldOptions {
  readonly store?: boolean
  readonly required?: boolean
  readonly readonly?: boolean
  /** A computed field that Odoo cannot search by. */
  readonly unsearchable?: boolean
}

/** Methods, so that a model of sales passes for a model of rows. */
export interface Field<R extends Row = Row> {
  readonly type: FieldType
  readonly label: string
  readonly relation: string | null
  /** The many2one that a one2many is the other side of. */
  readonly inverse: string | null
  readonly selection: readonly (readonly [string, string])[] | null
  readonly options: FieldOptions
  value(row: R, env: Env): Raw
}

export type Fields<R extends Row> = Readonly<Record<string, Field<R>>>

export type Source<R extends Row> = Pick<Table<R>, 'get' | 'all' | 'eachSince' | 'eachAfter'>

export interface Model<R extends Row = Row> {
  readonly name: string
  /** What people call one of its records. */
  readonly description: string
  readonly order: string
  readonly fields: Fields<R>
  /** Fields that a name is searched in. */
  readonly names: readonly string[]
  /** Of a model that clients write to: fields that keep what is written beside the books. */
  readonly aside?: ReadonlySet<string>
  rows(env: Env): Source<R>
  label(row: R, env: Env): string
  /** Rows by a field's value, where an index helps. */
  find?(field: string, value: unknown, env: Env): readonly R[] | null
}

type Value<R extends Row, V> = (row: R, env: Env) => V

function field<R extends Row>(
  type: FieldType, label: string, value: Value<R, Raw>, options: FieldOptions = {},
  more: Partial<Pick<Field, 'relation' | 'inverse' | 'selection'>> = {},
): Field<R> {
  return { type, label, relation: null, inverse: null, selection: null, ...more, options, value }
}

export function char<R extends Row>(label: string, value: Value<R, string | null>, options?: FieldOptions): Field<R> {
  return field('char', label, value, options)
}

export function text<R extends Row>(label: string, value: Value<R, string | null>, options?: FieldOptions): Field<R> {
  return field('text', label, value, options)
}

export function integer<R extends Row>(label: string, value: Value<R, number>, options?: FieldOptions): Field<R> {
  return field('integer', label, value, options)
}

/** A double: what is computed with it shows its noise. */
export function float<R extends Row>(label: string, value: Value<R, Decimal | number>, options?: FieldOptions): Field<R> {
  return field('float', label, value, options)
}

export function monetary<R extends Row>(label: string, value: Value<R, Decimal>, options?: FieldOptions): Field<R> {
  return field('monetary', label, value, options)
}

export function boolean<R extends Row>(label: string, value: Value<R, boolean>, options?: FieldOptions): Field<R> {
  return field('boolean', label, value, options)
}

export function date<R extends Row>(label: string, value: Value<R, string | null>, options?: FieldOptions): Field<R> {
  return field('date', label, value, options)
}

/** Written by `fields.Datetime.now()` or a client: whole seconds. */
export function datetime<R extends Row>(label: string, value: Value<R, Instant | null>, options?: FieldOptions): Field<R> {
  return field('datetime', label, (row, env) => {
    const at = value(row, env)
    return at === null ? null : Math.floor(at / 1000) * 1000
  }, options)
}

/** The database's own time: it has microseconds, so no whole second equals it. */
function stamp<R extends Row>(label: string, value: Value<R, Instant>): Field<R> {
  return field('datetime', label, (row, env) => Math.floor(value(row, env)) + 0.5, { readonly: true })
}

export function selection<R extends Row>(
  label: string, choices: readonly (readonly [string, string])[], value: Value<R, string | null>, options?: FieldOptions,
): Field<R> {
  return field('selection', label, value, options, { selection: choices })
}

export function many2one<R extends Row>(
  label: string, relation: string, value: Value<R, number | null>, options?: FieldOptions,
): Field<R> {
  return field('many2one', label, value, options, { relation })
}

export function one2many<R extends Row>(
  label: string, relation: string, inverse: string, value: Value<R, readonly number[]>, options?: FieldOptions,
): Field<R> {
  return field('one2many', label, value, options, { relation, inverse })
}

export function many2many<R extends Row>(
  label: string, relation: string, value: Value<R, readonly number[]>, options?: FieldOptions,
): Field<R> {
  return field('many2many', label, value, options, { relation })
}

/** Computed on the fly. */
export const computed: FieldOptions = { store: false, readonly: true, unsearchable: true }
/** Computed and kept in the table. */
export const kept: FieldOptions = { readonly: true }
/** Taken from another record, and searched by it. */
export const related: FieldOptions = { store: false, readonly: true }

interface Log {
  readonly createdAt?: Instant
  readonly createdBy?: number
  readonly changedBy?: number
}

/** Null where a row says that it was nobody. */
export function userOf(user: number = robot): number | null {
  return user === nobody ? null : user
}

/** The fields that every model has; rows of which nobody wrote down who made them were made by the robot. */
function logFields<R extends Row & Log>(version: Version, label: Value<R, string>): Fields<R> {
  return {
    id: field('integer', 'ID', (row) => row.id, { readonly: true }),
    display_name: char('Display Name', label, { store: false, readonly: true }),
    create_date: stamp('Created on', (row) => row.createdAt ?? row.changedAt),
    create_uid: many2one('Created by', 'res.users', (row) => userOf(row.createdBy), { readonly: true }),
    write_date: stamp('Last Updated on', (row) => row.changedAt),
    write_uid: many2one('Last Updated by', 'res.users', (row) => userOf(row.changedBy), { readonly: true }),
    // Gone since 17.
    ...(version === 16 ? { __last_update: field<R>('datetime', 'Last Modified on', (row) => row.changedAt, computed) } : {}),
  }
}

interface Spec<R extends Row> extends Omit<Model<R>, 'names' | 'aside'> {
  readonly names?: readonly string[]
  /** Of a model that clients write to: the fields whose values the books hold. */
  readonly booked?: readonly string[]
}

export function defineModel<R extends Row & Log>(version: Version, { booked, ...spec }: Spec<R>): Model<R> {
  const fields = { ...logFields<R>(version, (row, env) => spec.label(row, env)), ...spec.fields }
  if (booked === undefined) return { names: ['name'], ...spec, fields }
  const aside = asideOf(fields, booked)
  return { names: ['name'], ...spec, fields: withAsides(spec.name, fields, aside), aside }
}

/** Rows that no table keeps. */
export function listed<R extends Row>(rows: readonly R[]): Source<R> {
  return {
    get: (id) => rows.find((row) => row.id === id) ?? null,
    all: () => rows,
    eachSince: (from) => rows
      .filter((row) => row.changedAt >= from)
      .toSorted((left, right) => left.changedAt - right.changedAt || left.id - right.id),
    eachAfter: (id) => rows.filter((row) => row.id > id).toSorted((left, right) => left.id - right.id),
  }
}
