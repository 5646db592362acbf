/** `load`: rows of text become records with external ids, all or nothing; what is wrong comes back as messages. */
import type { Row } from '../../table.ts'
import { modelNamed } from './access.ts'
import { faultOf, keyError, OdooFault } from './faults.ts'
import type { Env, Field, Model } from './fields.ts'
import { namePredicate } from './matching.ts'
import type { Json } from './python-json.ts'
import { decimalOf } from './taking.ts'
import { isValues, type Values } from './values.ts'
import { makerOf, write } from './writing.ts'

type Message = { readonly [name: string]: Json }
type Path = readonly string[]

interface Span {
  readonly from: number
  readonly to: number
}

/** A record as the matrix gives it: cells by field, and lists of such records for relations. */
type Extracted = Map<string, string | readonly Extracted[]>

interface Converted {
  readonly externalId: string | null
  readonly databaseId: number | null
  readonly values: Values
  readonly rows: Span
}

export function load(model: Model, fieldNames: readonly string[], data: readonly (readonly unknown[])[], env: Env): Json {
  const paths = fieldNames.map(pathOf)
  for (const [name] of paths) {
    if (name !== undefined && !isReference(name) && model.fields[name] === undefined) throw keyError(name)
  }
  const messages: Message[] = []
  const cells = data.map((row) => row.map((cell) => cell === false || cell === null ? '' : String(cell)))
  const converted = extract(model, paths, cells, env).map(({ record, rows }, at) => {
    const log = (field: string, message: string): void => {
      messages.push({ rows: { ...rows }, record: at, type: 'error', field, message, field_name: field })
    }
    return { ...convertRoot(model, record, log, env), rows }
  })
  const ids = messages.length > 0 ? [] : store(model, converted, messages, env)
  return { ids: messages.some((message) => message['type'] === 'error') ? false : ids, messages, nextrow: 0 }
}

/** `partner_id.id`, `partner_id/.id` and `partner_id:id` in one spelling. */
function pathOf(name: string): Path {
  return name.replace(/([^/])\.id/, '$1/.id').replace(/([^/]):id/, '$1/id').split('/')
}

function isReference(name: string): boolean {
  return name === 'id' || name === '.id'
}

/** A row that fills only cells of a one2many goes on with the record above it. */
function extract(
  model: Model, paths: readonly Path[], data: readonly (readonly string[])[], env: Env,
): { readonly record: Extracted; readonly rows: Span }[] {
  const isList = paths.map(([name = '']) => model.fields[name]?.type === 'one2many')
  const goesOn = (row: readonly string[]): boolean => (
    row.some((cell, at) => cell !== '' && isList[at]) && !row.some((cell, at) => cell !== '' && !isList[at])
  )
  const records: { readonly record: Extracted; readonly rows: Span }[] = []
  for (let from = 0; from < data.length;) {
    let to = from + 1
    for (let row = data[to]; row !== undefined && goesOn(row); row = data[to]) to += 1
    records.push({ record: extractOne(model, paths, data.slice(from, to), env), rows: { from, to: to - 1 } })
    from = to
  }
  return records
}

function extractOne(model: Model, paths: readonly Path[], span: readonly (readonly string[])[], env: Env): Extracted {
  const record: Extracted = new Map()
  for (const [at, [name = '']] of paths.entries()) {
    const field = model.fields[name]
    if (field === undefined || field.relation === null) {
      record.set(name, span[0]?.[at] ?? '')
      continue
    }
    if (record.has(name)) continue
    const columns = paths.flatMap((path, column) => path[0] === name ? [column] : [])
    const inner = columns.map((column) => (paths[column]?.length ?? 0) > 1 ? paths[column]?.slice(1) ?? [''] : [''])
    const cells = span.map((row) => columns.map((column) => row[column] ?? '')).filter((row) => row.some((cell) => cell !== ''))
    record.set(name, extract(modelNamed(field.relation, env), inner, cells, env).map((each) => each.record))
  }
  return record
}

type Log = (field: string, message: string) => void

function convertRoot(model: Model, record: Extracted, log: Log, env: Env): Omit<Converted, 'rows'> {
  const databaseText = cellOf(record, '.id')
  const databaseId = databaseText === '' ? null : Number(databaseText)
  if (databaseId !== null && model.rows(env).get(databaseId) === null) log('.id', `Unknown database identifier '${databaseText}'`)
  const externalId = cellOf(record, 'id')
  return {
    externalId: externalId === '' ? null : qualified(externalId, env),
    databaseId,
    values: convert(model, record, log, env),
  }
}

function cellOf(record: Extracted, name: string): string {
  const cell = record.get(name)
  return typeof cell === 'string' ? cell : ''
}

function qualified(externalId: string, env: Env): string {
  const module = env.context['module']
  return externalId.includes('.') ? externalId : `${typeof module === 'string' ? module : '__import__'}.${externalId}`
}

/** An empty cell says that the field is empty, not that it is left out. */
function convert(model: Model, record: Extracted, log: Log, env: Env): Values {
  const values: Record<string, unknown> = {}
  for (const [name, cell] of record) {
    const field = model.fields[name]
    if (isReference(name) || name === '' || field === undefined) continue
    try {
      values[name] = cell.length === 0 ? false : convertCell(field, cell, log, env)
    } catch (thrown) {
      log(name, faultOf(thrown).message.replaceAll('%(field)s', field.label))
    }
  }
  return values
}

function convertCell(field: Field, cell: string | readonly Extracted[], log: Log, env: Env): unknown {
  if (typeof cell !== 'string') {
    if (field.type === 'one2many') return cell.map((record) => childCommand(field, record, log, env)).flat()
    return field.type === 'many2one' ? referredTo(field, cell[0] ?? new Map(), env) : [[6, 0, manyReferredTo(field, cell, env)]]
  }
  switch (field.type) {
    case 'float':
    case 'monetary':
    case 'integer': return numberIn(cell, field.type === 'integer')
    case 'boolean': return ['1', 'true', 'yes'].includes(cell.toLowerCase())
    case 'datetime':
      if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(cell)) return cell
      throw importFault(`'${cell}' does not seem to be a valid datetime for field '%(field)s'`)
    case 'selection': {
      const choice = field.selection?.find(([value, label]) => value === cell || label === cell)
      if (choice === undefined) throw importFault(`Value '${cell}' not found in selection field '%(field)s'`)
      return choice[0]
    }
    default: return cell
  }
}

function numberIn(cell: string, isWhole: boolean): number | string {
  try {
    const number = decimalOf(cell)
    if (!isWhole) return cell
    if (number.isInteger()) return Number(number)
  } catch (thrown) {
    faultOf(thrown)
  }
  throw importFault(`'${cell}' does not seem to be ${isWhole ? 'an integer' : 'a number'} for field '%(field)s'`)
}

function importFault(says: string): OdooFault {
  return new OdooFault('builtins.ValueError', says)
}

/** A line that is known by its id is updated; one that is not, or has none, is made. */
function childCommand(field: Field, record: Extracted, log: Log, env: Env): readonly unknown[] {
  const model = modelNamed(field.relation ?? '', env)
  const values = convert(model, record, log, env)
  const externalId = cellOf(record, 'id')
  if (externalId !== '') {
    const known = env.books.externalIds.get(qualified(externalId, env))
    return known?.model === model.name && model.rows(env).get(known.id) !== null
      ? [[1, known.id, values]]
      : [[0, 0, { ...values, id: qualified(externalId, env) }]]
  }
  const databaseId = cellOf(record, '.id')
  return databaseId === '' ? [[0, 0, values]] : [[1, referredTo(field, record, env), values]]
}

function referredTo(field: Field, record: Extracted, env: Env): number | false {
  const model = modelNamed(field.relation ?? '', env)
  const [name] = record.keys()
  const cell = name === undefined ? '' : cellOf(record, name)
  if (cell === '') return false
  const kind = name === '.id' ? 'database id' : name === 'id' ? 'external id' : 'name'
  const row = rowReferred(model, kind, cell, env)
  if (row === null) throw importFault(`No matching record found for ${kind} '${cell}' in field '%(field)s'`)
  return row.id
}

function rowReferred(model: Model, kind: string, cell: string, env: Env): Row | null {
  if (kind === 'name') return rowNamed(model, cell, env)
  return model.rows(env).get(kind === 'database id' ? Number(cell) : externally(model, cell, env))
}

function rowNamed(model: Model, name: string, env: Env): Row | null {
  const holds = namePredicate(model, '=', name, env)
  for (const row of model.rows(env).all()) if (model.label(row, env) === name || holds(row)) return row
  return null
}

function externally(model: Model, externalId: string, env: Env): number {
  const target = env.books.externalIds.get(qualified(externalId, env))
  return target?.model === model.name ? target.id : -1
}

/** Many in one cell are parted by commas. */
function manyReferredTo(field: Field, records: readonly Extracted[], env: Env): readonly number[] {
  return records.flatMap((record) => {
    const [name = ''] = record.keys()
    return cellOf(record, name).split(',').flatMap((cell) => {
      const id = referredTo(field, new Map([[name, cell.trim()]]), env)
      return id === false ? [] : [id]
    })
  })
}

/** All records are looked at before the first is stored, so that one that is wrong leaves nothing behind. */
function store(model: Model, records: readonly Converted[], messages: Message[], env: Env): readonly number[] {
  const stores: (() => number)[] = []
  const complain = (at: number, { rows }: Converted, thrown: unknown): void => {
    messages.push({ rows: { ...rows }, record: at, type: 'error', message: faultOf(thrown).imported })
  }
  for (const [at, record] of records.entries()) {
    try {
      stores.push(storeOf(model, record, env))
    } catch (thrown) {
      complain(at, record, thrown)
    }
  }
  if (messages.length > 0) return []
  return records.flatMap((record, at) => {
    try {
      return stores[at]?.() ?? []
    } catch (thrown) {
      complain(at, record, thrown)
      return []
    }
  })
}

function storeOf(model: Model, { externalId, databaseId, values }: Converted, env: Env): () => number {
  const known = externalId === null ? null : env.books.externalIds.get(externalId) ?? null
  if (known !== null && known.model !== model.name) {
    throw new OdooFault(
      'odoo.exceptions.ValidationError',
      `For external id ${externalId} when trying to create/update a record of model ${model.name} `
      + `found record of different model ${known.model} (${known.id})`,
    )
  }
  for (const name of namesIn(externalId, values)) {
    if (name.includes(' ')) throw importFault('External IDs cannot contain spaces')
  }
  const named = (of: string, name: unknown, rowId: number): void => {
    if (typeof name === 'string') env.books.externalIds.set(name, { model: of, id: rowId })
  }
  const id = databaseId ?? (known !== null && model.rows(env).get(known.id) !== null ? known.id : null)
  if (id !== null) {
    return () => {
      write(model, [id], values, env, named)
      return id
    }
  }
  const make = makerOf(model, values, env, named)
  return () => {
    const made = make()
    named(model.name, externalId, made)
    return made
  }
}

/** External ids of the record and of the lines that it brings along. */
function namesIn(externalId: string | null, values: Values): readonly string[] {
  const commands: readonly unknown[] = Array.isArray(values['order_line']) ? values['order_line'] : []
  const lines: readonly unknown[] = commands.map((command) => Array.isArray(command) ? command[2] : null)
  const named = lines.flatMap((line) => isValues(line) && typeof line['id'] === 'string' ? [line['id']] : [])
  return externalId === null ? named : [externalId, ...named]
}
