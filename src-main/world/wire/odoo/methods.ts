/** Methods that every model has, with the names of their arguments: what either protocol may call. */
import { allow, isAllowed } from './access.ts'
import { modelDenied, type Operation, typeError, userError, valueError } from './faults.ts'
import type { Env, Model, Version } from './fields.ts'
import { formattedReadGroup, readGroup } from './grouping.ts'
import { load } from './loading.ts'
import { drawUp } from './models/invoicing.ts'
import { namePredicate } from './matching.ts'
import { type Json, typeName } from './python-json.ts'
import { describeFields, idsOf, labelled, readRows, rowsOf } from './reading.ts'
import { limitOf, pageOf } from './paging.ts'
import { count, everything, search } from './searching.ts'
import { isValues, type Values } from './values.ts'
import { create, mustExist, unlink, write } from './writing.ts'

export interface Call {
  readonly model: Model
  readonly ids: readonly number[]
  readonly args: Values
  readonly env: Env
}

export interface Method {
  /** Called on records, whose ids come first; else on the model. */
  readonly onRecords: boolean
  /** In their order; those with "?" may be left out. */
  readonly parameters: readonly string[]
  readonly from?: Version
  readonly until?: Version
  /** A list of ids where Odoo returns records. */
  readonly run: (call: Call) => Json
}

const reads: Readonly<Record<string, Method>> = {
  search: {
    onRecords: false,
    parameters: ['domain', 'offset?', 'limit?', 'order?', 'count?'],
    run: ({ model, args, env }) => (
      args['count'] === true ? count(model, args['domain'], null, env) : idsOf(search(model, args['domain'], pageOf(args, env), env))
    ),
  },
  search_count: {
    onRecords: false,
    parameters: ['domain', 'limit?'],
    run: ({ model, args, env }) => count(model, args['domain'], limitOf(args, env), env),
  },
  search_read: {
    onRecords: false,
    parameters: ['domain?', 'fields?', 'offset?', 'limit?', 'order?', 'load?'],
    run: ({ model, args, env }) => (
      readRows(model, search(model, args['domain'], pageOf(args, env), env), namesOf(args['fields']), hasLabels(args), env)
    ),
  },
  read: {
    onRecords: true,
    parameters: ['fields?', 'load?'],
    run: ({ model, ids, args, env }) => readRows(model, rowsOf(model, ids, env), namesOf(args['fields']), hasLabels(args), env),
  },
  fields_get: {
    onRecords: false,
    parameters: ['allfields?', 'attributes?'],
    run: ({ model, args, env }) => describeFields(model, namesOf(args['allfields']), namesOf(args['attributes']), env),
  },
  name_search: {
    onRecords: false,
    parameters: ['name?', 'args?', 'operator?', 'limit?'],
    run: nameSearch,
  },
  name_get: {
    onRecords: true,
    parameters: [],
    until: 16,
    run: ({ model, ids, env }) => labelled(model, rowsOf(model, ids, env), env),
  },
  exists: { onRecords: true, parameters: [], run: ({ model, ids, env }) => idsOf(rowsOf(model, ids, env)) },
  get_external_id: { onRecords: true, parameters: [], run: externalIds },
  read_group: {
    onRecords: false,
    parameters: ['domain', 'fields', 'groupby', 'offset?', 'limit?', 'orderby?', 'lazy?'],
    run: ({ model, args, env }) => {
      const by = namesOf([args['groupby']].flat()) ?? []
      const sums = (namesOf(args['fields']) ?? []).filter((name) => isNumeric(model, name) && !by.includes(name))
      const groups = readGroup(model, { domain: args['domain'], by, sums }, args['lazy'] !== false, env)
      return groups.slice(0, limitOf(args, env) ?? undefined)
    },
  },
  formatted_read_group: {
    onRecords: false,
    parameters: ['domain', 'groupby?', 'aggregates?', 'having?', 'offset?', 'limit?', 'order?'],
    from: 19,
    run: ({ model, args, env }) => formattedReadGroup(model, {
      domain: args['domain'], by: namesOf(args['groupby']) ?? [], sums: namesOf(args['aggregates']) ?? [],
    }, env),
  },
}

const rights: Readonly<Record<string, Method>> = {
  check_access_rights: {
    onRecords: false,
    parameters: ['operation', 'raise_exception?'],
    run: ({ model, args, env }) => {
      const operation = operationIn(args['operation'])
      const allowed = isAllowed(model, operation, env)
      if (!allowed && args['raise_exception'] !== false) throw modelDenied(operation, model.name, model.description)
      return allowed
    },
  },
  has_access: {
    onRecords: true,
    parameters: ['operation'],
    from: 18,
    run: ({ model, args, env }) => isAllowed(model, operationIn(args['operation']), env),
  },
  check_access: {
    onRecords: true,
    parameters: ['operation'],
    from: 18,
    run: ({ model, args, env }) => {
      allow(model, operationIn(args['operation']), env)
      return null
    },
  },
}

const writes: Readonly<Record<string, Method>> = {
  create: {
    onRecords: false,
    parameters: ['vals_list'],
    run: ({ model, args, env }) => {
      const values = args['vals_list']
      if (isValues(values)) return create(model, [values], env)
      if (Array.isArray(values) && values.every(isValues)) return create(model, values, env)
      throw typeError('Expected a dictionary of values, or a list of them.')
    },
  },
  write: {
    onRecords: true,
    parameters: ['vals'],
    run: ({ model, ids, args, env }) => {
      if (!isValues(args['vals'])) throw typeError('Expected a dictionary of values.')
      write(model, ids, args['vals'], env)
      return true
    },
  },
  unlink: {
    onRecords: true,
    parameters: [],
    run: ({ model, ids, env }) => {
      unlink(model, ids, env)
      return true
    },
  },
  load: {
    onRecords: false,
    parameters: ['fields', 'data'],
    run: ({ model, args, env }) => {
      const data = args['data']
      if (!Array.isArray(data) || !data.every((row) => Array.isArray(row))) throw typeError('Expected rows of cells.')
      return load(model, namesOf(args['fields']) ?? [], data, env)
    },
  },
}

/** From 18 on asked of a user, before of the model. */
const hasGroup: Pick<Method, 'parameters' | 'run'> = {
  parameters: ['group_ext_id'],
  run: ({ args, env }) => {
    const group = args['group_ext_id']
    return group === 'base.group_user' || (group === 'sales_team.group_sale_salesman_all_leads' && env.user.mayWriteOrders)
  },
}

/** Several of one name where versions differ. */
const ofModels: Readonly<Record<string, Readonly<Record<string, Method | readonly Method[]>>>> = {
  'res.users': {
    context_get: {
      onRecords: false,
      parameters: [],
      run: ({ env }) => ({ lang: 'en_US', tz: 'UTC', uid: env.user.id }),
    },
    has_group: [{ ...hasGroup, onRecords: false, until: 17 }, { ...hasGroup, onRecords: true, from: 18 }],
  },
  'ir.model.data': {
    check_object_reference: {
      onRecords: false,
      parameters: ['module', 'xml_id', 'raise_on_access_error?'],
      run: ({ args, env }) => {
        const key = `${String(args['module'])}.${String(args['xml_id'])}`
        const target = env.books.externalIds.get(key)
        if (target === undefined) throw valueError(`External ID not found in the system: ${key}`)
        return [target.model, target.id]
      },
    },
  },
  'sale.advance.payment.inv': {
    create_invoices: {
      onRecords: true,
      parameters: [],
      run: ({ model, ids, env }) => {
        allow(model, 'write', env)
        mustExist(model, ids, env)
        const answers = ids.map((id) => drawUp(env.asides.wizards.must(id), env))
        return answers.at(-1) ?? true
      },
    },
  },
  'sale.order': {
    action_confirm: { onRecords: true, parameters: [], run: onEach(confirm) },
    action_cancel: { onRecords: true, parameters: [], run: cancel },
    action_lock: { onRecords: true, parameters: [], from: 17, run: onEach(lock(true)) },
    action_done: { onRecords: true, parameters: [], until: 16, run: onEach(lock(true)) },
    action_unlock: { onRecords: true, parameters: [], run: onEach(lock(false)) },
  },
}

export function methodOf(model: Model, name: string, version: Version): Method | null {
  const methods = ofModels[model.name]?.[name] ?? reads[name] ?? rights[name] ?? writes[name] ?? []
  return [methods].flat().find(({ from = 16, until = 19 }) => from <= version && version <= until) ?? null
}

function lock(locked: boolean): (id: number, env: Env) => void {
  return (id, env) => env.erp.changeSale(id, { locked }, env.user.id, env.now)
}

function confirm(id: number, env: Env): void {
  const sale = env.books.sales.must(id)
  // Until 16 a confirmed order may be confirmed once more, and nothing comes of it.
  if (env.version === 16 && sale.state === 'sale' && !sale.locked) return
  if (env.version === 16 && (sale.state === 'cancel' || sale.locked)) {
    throw userError('It is not allowed to confirm an order in the following states: done, cancel')
  }
  env.erp.confirm(id, env.user.id, env.now)
}

/** What is no draft is cancelled only by who says that no warning is wanted; others get the warning to show. */
function cancel({ model, ids, env }: Call): Json {
  mustExist(model, ids, env)
  allow(model, 'write', env)
  if (env.version >= 17 && ids.some((id) => env.books.sales.must(id).locked)) {
    throw userError('You cannot cancel a locked order. Please unlock it first.')
  }
  const isWarned = env.version < 19 && ids.some((id) => env.books.sales.must(id).state !== 'draft')
  if (isWarned && env.context['disable_cancel_warning'] !== true) {
    return { name: 'Cancel Sales Order', view_mode: 'form', res_model: 'sale.order.cancel', type: 'ir.actions.act_window', target: 'new' }
  }
  for (const id of ids) env.erp.cancelSale(id, env.user.id, env.now)
  return true
}

function onEach(act: (id: number, env: Env) => void): Method['run'] {
  return ({ model, ids, env }) => {
    allow(model, 'write', env)
    mustExist(model, ids, env)
    for (const id of ids) act(id, env)
    return true
  }
}

function nameSearch({ model, args, env }: Call): Json {
  const { name } = args
  const operator = args['operator'] === '=' ? '=' : 'ilike'
  const rows = search(model, args['args'] ?? args['domain'], everything, env)
  const found = typeof name === 'string' && name !== '' ? rows.filter(namePredicate(model, operator, name, env)) : rows
  return labelled(model, found.slice(0, ('limit' in args ? limitOf(args, env) : 100) ?? undefined), env)
}

function externalIds({ model, ids, env }: Call): Json {
  const names = new Map(ids.map((id) => [id, '']))
  for (const [name, target] of env.books.externalIds) {
    if (target.model === model.name && names.get(target.id) === '') names.set(target.id, name)
  }
  return Object.fromEntries([...names].map(([id, name]) => [String(id), name]))
}

function isNumeric(model: Model, name: string): boolean {
  const type = model.fields[name.split(':')[0] ?? name]?.type
  return type === 'float' || type === 'monetary' || type === 'integer'
}

function namesOf(value: unknown): readonly string[] | null {
  if (value === null || value === undefined || value === false) return null
  // a text is taken letter by letter, as Python goes through it
  if (typeof value === 'string') return [...value]
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value
  throw typeError(Array.isArray(value) ? "unhashable type: 'list'" : `'${typeName(value)}' object is not iterable`)
}

function hasLabels(args: Values): boolean {
  return !('load' in args) || args['load'] === '_classic_read'
}

function operationIn(value: unknown): Operation {
  if (value === 'read' || value === 'write' || value === 'create' || value === 'unlink') return value
  throw valueError(`Invalid access mode ${String(value)}`)
}
