/** Rows as a client reads them, and fields as a client is told of them. */
import { Decimal } from '../../decimal.ts'
import type { Row } from '../../table.ts'
import { allow, isHidden, modelNamed, readable } from './access.ts'
import type { Env, Field, Model, Raw } from './fields.ts'
import { Float, type Json } from './python-json.ts'
import { naive } from './times.ts'

type Answer = { readonly [name: string]: Json }

/** `load` of null gives ids where a label would follow. */
export function readRows(
  model: Model, rows: readonly Row[], fields: readonly string[] | null, withLabels: boolean, env: Env,
): readonly Answer[] {
  allow(model, 'read', env)
  const asked = fields === null || fields.length === 0
    ? Object.keys(model.fields).filter((name) => !isHidden(model, name, env))
    : fields
  readable(model, asked, env)
  const writers = asked.flatMap((name) => {
    const field = model.fields[name]
    return field === undefined || name === 'id' ? [] : [{ name, field, write: writerOf(field, withLabels, env) }]
  })
  return rows.map((row) => {
    const answer: { [name: string]: Json } = { id: row.id }
    for (const { name, field, write } of writers) answer[name] = write(field.value(row, env))
    return answer
  })
}

/** Nothing is false, but for numbers, which are zero. */
function writerOf(field: Field, withLabels: boolean, env: Env): (raw: Raw) => Json {
  switch (field.type) {
    case 'float':
    case 'monetary': return (raw) => new Float(Number(raw ?? 0))
    case 'integer': return (raw) => Number(raw ?? 0)
    case 'datetime': return (raw) => typeof raw === 'number' ? naive(raw) : false
    case 'many2one': return withLabels ? labelWriter(field, env) : (raw) => typeof raw === 'number' ? raw : false
    default: return plain
  }
}

function plain(raw: Raw): Json {
  if (raw instanceof Decimal) return new Float(Number(raw))
  return raw ?? false
}

function labelWriter(field: Field, env: Env): (raw: Raw) => Json {
  const model = env.registry.get(field.relation ?? '')
  if (model === undefined) return () => false
  const rows = model.rows(env)
  return (raw) => {
    const row = typeof raw === 'number' ? rows.get(raw) : null
    return row === null ? false : [row.id, model.label(row, env)]
  }
}

/** `fields_get`. */
export function describeFields(
  model: Model, names: readonly string[] | null, attributes: readonly string[] | null, env: Env,
): Answer {
  const asked = Object.entries(model.fields).filter(([name]) => (
    !isHidden(model, name, env) && (names === null || names.length === 0 || names.includes(name))
  ))
  return Object.fromEntries(asked.map(([name, field]) => {
    const described = description(name, field)
    const kept = Object.entries(described).filter(([key]) => attributes === null || attributes.length === 0 || attributes.includes(key))
    return [name, Object.fromEntries(kept)]
  }))
}

function description(name: string, field: Field): Answer {
  const isStored = field.options.store !== false
  return {
    name,
    type: field.type,
    string: field.label,
    help: false,
    required: field.options.required === true,
    readonly: field.options.readonly === true,
    store: isStored,
    searchable: field.options.unsearchable !== true,
    sortable: isStored,
    company_dependent: false,
    manual: false,
    ...(field.relation === null ? {} : { relation: field.relation, domain: [], context: {} }),
    ...(field.inverse === null ? {} : { relation_field: field.inverse }),
    ...(field.selection === null ? {} : { selection: field.selection }),
    ...(field.type === 'monetary' ? { currency_field: 'currency_id' } : {}),
  }
}

/** `name_search` and whatever else shows a row by its label alone. */
export function labelled(model: Model, rows: readonly Row[], env: Env): readonly Json[] {
  return rows.map((row) => [row.id, model.label(row, env)])
}

export function idsOf(rows: readonly Row[]): readonly number[] {
  return rows.map((row) => row.id)
}

export function rowsOf(model: Model, ids: readonly number[], env: Env): readonly Row[] {
  const rows = modelNamed(model.name, env).rows(env)
  return ids.flatMap((id) => {
    const row = rows.get(id)
    return row === null ? [] : [row]
  })
}
