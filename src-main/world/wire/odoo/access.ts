/** Who is calling, and what this user may see and do. */
import type { User } from '../../erp/erp.ts'
import { accessError, fieldsDenied, invalidField, modelDenied, OdooFault, type Operation, unwritableField } from './faults.ts'
import type { Env, Model } from './fields.ts'

/** A key is as good as the password, for everything but changing it. */
export function userBy(users: Iterable<User>, matches: (user: User) => boolean, secret: unknown): User | null {
  if (typeof secret !== 'string' || secret === '') return null
  for (const user of users) {
    if (matches(user) && (user.apiKey === secret || user.password === secret)) return user
  }
  return null
}

export function userByKey(users: Iterable<User>, key: string): User | null {
  for (const user of users) if (user.apiKey !== null && user.apiKey === key) return user
  return null
}

export function modelNamed(name: string, env: Env): Model {
  const model = env.registry.get(name)
  if (model === undefined) throw new OdooFault('odoo.exceptions.UserError', `Object ${name} doesn't exist`)
  return model
}

/** Written to by whoever writes orders. */
const writable = ['sale.order', 'sale.order.line', 'res.partner', 'sale.advance.payment.inv']

export function isAllowed(model: Model, operation: Operation, env: Env): boolean {
  if (env.user.mayNotRead?.includes(model.name) === true) return false
  return operation === 'read' || (env.user.mayWriteOrders && writable.includes(model.name))
}

export function allow(model: Model, operation: Operation, env: Env): void {
  if (!isAllowed(model, operation, env)) throw modelDenied(operation, model.name, model.description)
  const companies = env.context['allowed_company_ids']
  if (Array.isArray(companies) && companies.some((id) => id !== env.books.company.id)) {
    throw accessError('Access to unauthorized or invalid companies.')
  }
}

export function isHidden(model: Model, field: string, env: Env): boolean {
  return env.user.mayNotRead?.includes(`${model.name}.${field}`) === true
}

/** Throws for a field that the model has not, and for one that is not for this user. */
export function readable(model: Model, fields: readonly string[], env: Env, operation: Operation = 'read'): void {
  const hidden = fields.filter((field) => isHidden(model, field, env))
  if (hidden.length > 0) throw fieldsDenied(operation, hidden, model, env.version)
  for (const field of fields) {
    if (model.fields[field] !== undefined) continue
    throw operation === 'read' ? invalidField(field, model.name) : unwritableField(field, model.name, env.version)
  }
}
