/** One call of a method: arguments by place or by name are bound as Python binds them. */
import type { Erp, Instant, User } from '../../erp/erp.ts'
import type { Asides } from './asides.ts'
import { accessError, OdooFault, typeError } from './faults.ts'
import type { Context, Env, Model, Registry, Version } from './fields.ts'
import { type Method, methodOf } from './methods.ts'
import type { Json } from './python-json.ts'
import { isValues, type Values } from './values.ts'

/** What an Odoo is made of that answers calls. */
export interface Odoo {
  readonly erp: Erp
  readonly version: Version
  readonly registry: Registry
  readonly databases: readonly string[]
  readonly now: () => Instant
  readonly interrupt: Interrupt
  readonly asides: Asides
}

/** What a call meets before it does anything: an exception by its name, or nothing. */
export type Interrupt = (call: {
  readonly model: string
  readonly method: string
  readonly login: string
  readonly version: Version
}) => { readonly exception: string; readonly says: string } | null

/** Runs a method that was found, unless the world has something in its way. What the database says to an import, it only tells. */
export function runMethod(odoo: Odoo, method: Method, name: string, call: Parameters<Method['run']>[0]): Json {
  const met = odoo.interrupt({ model: call.model.name, method: name, login: call.env.user.login, version: odoo.version })
  if (met === null) return method.run(call)
  if (name !== 'load' || !met.exception.startsWith('psycopg2.')) throw new OdooFault(met.exception, met.says)
  return { ids: false, messages: [{ rows: { from: 0, to: 0 }, record: 0, type: 'error', message: met.says }], nextrow: 0 }
}

export function envOf(odoo: Odoo, user: User, context: unknown): Env {
  return {
    erp: odoo.erp,
    books: odoo.erp.books,
    version: odoo.version,
    registry: odoo.registry,
    user,
    context: isContext(context) ? context : {},
    asides: odoo.asides,
    now: odoo.now(),
  }
}

function isContext(value: unknown): value is Context {
  return isValues(value)
}

/** Null for a method that the model has not; private ones are for nobody outside. */
export function publicMethod(model: Model, name: string, env: Env): Method | null {
  if (name.startsWith('_') || name === 'init') {
    throw accessError(`Private methods (such as ${env.version >= 18 ? `'${model.name}.${name}'` : name}) cannot be called remotely.`)
  }
  return methodOf(model, name, env.version)
}

export interface Bound {
  readonly ids: readonly number[]
  readonly args: Values
}

/** `call_kw`: ids come first where the method is one of records. */
export function bindByPlace(method: Method, name: string, args: readonly unknown[], named: Values): Bound {
  const [first, ...rest] = args
  if (method.onRecords && args.length === 0) throw new OdooFault('builtins.IndexError', 'tuple index out of range')
  const ids = method.onRecords ? idsIn(first) : []
  const places = method.onRecords ? rest : args
  const parameters = method.parameters.map(bare)
  if (places.length > parameters.length) {
    throw typeError(`BaseModel.${name}() takes ${parameters.length + 1} positional arguments but ${places.length + 1} were given`)
  }
  const twice = parameters.slice(0, places.length).find((parameter) => parameter in named)
  if (twice !== undefined) throw typeError(`BaseModel.${name}() got multiple values for argument '${twice}'`)
  const bound = { ...Object.fromEntries(places.map((value, at) => [parameters[at] ?? '', value])), ...named }
  const strange = Object.keys(named).find((each) => !parameters.includes(each))
  if (strange !== undefined) throw typeError(`BaseModel.${name}() got an unexpected keyword argument '${strange}'`)
  const missing = missingIn(method, bound)
  if (missing !== null) throw typeError(`BaseModel.${name}() missing 1 required positional argument: '${missing}'`)
  return { ids, args: bound }
}

/** JSON-2 knows arguments by name alone. */
export function bindByName(method: Method, ids: unknown, named: Values): Bound {
  const parameters = method.parameters.map(bare)
  const missing = missingIn(method, named)
  if (missing !== null) throw unprocessable(`missing a required argument: '${missing}'`)
  const strange = Object.keys(named).find((each) => !parameters.includes(each))
  if (strange !== undefined) throw unprocessable(`got an unexpected keyword argument '${strange}'`)
  return { ids: idsIn(ids ?? []), args: named }
}

export function unprocessable(says: string): OdooFault {
  return new OdooFault('werkzeug.exceptions.UnprocessableEntity', says, [says, 422])
}

function missingIn(method: Method, args: Values): string | null {
  return method.parameters.find((parameter) => !parameter.endsWith('?') && !(parameter in args)) ?? null
}

function bare(parameter: string): string {
  return parameter.replace('?', '')
}

function idsIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  if (value === false || value === null || value === undefined) return []
  if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return value
  throw typeError('Expected a list of ids.')
}
