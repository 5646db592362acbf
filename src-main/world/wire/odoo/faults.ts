/** What Odoo answers instead of doing it: its exceptions by name, and the bodies that either protocol makes of them. */
import { Rejected } from '../../erp/erp.ts'
import type { Model, Version } from './fields.ts'
import type { Json } from './python-json.ts'

/** An exception on the server's side, as `odoo.exceptions.UserError`. */
export class OdooFault extends Error {
  readonly exception: string
  readonly arguments: readonly Json[]
  /** What an import says of a row that PostgreSQL did not take: the words before a caller's are made of them. */
  readonly imported: string

  constructor(exception: string, says: string, args: readonly Json[] = [says], imported = says) {
    super(says)
    this.exception = exception
    this.arguments = args
    this.imported = imported
  }
}

export const userError = (says: string): OdooFault => new OdooFault('odoo.exceptions.UserError', says)
export const accessError = (says: string): OdooFault => new OdooFault('odoo.exceptions.AccessError', says)
export const valueError = (says: string): OdooFault => new OdooFault('builtins.ValueError', says)
export const typeError = (says: string): OdooFault => new OdooFault('builtins.TypeError', says)
export const assertionError = (says: string): OdooFault => new OdooFault('builtins.AssertionError', says)
/** PostgreSQL's own refusal, as psycopg2 names it. */
export const databaseError = (name: string, says: string): OdooFault => new OdooFault(`psycopg2.errors.${name}`, says)
export const keyError = (key: string): OdooFault => new OdooFault('builtins.KeyError', `'${key}'`, [key])

/** In the books, a move refused; here, the same refusal on the wire. Anything else is a bug of the world's. */
export function faultOf(thrown: unknown): OdooFault {
  if (thrown instanceof OdooFault) return thrown
  if (thrown instanceof Rejected) return new OdooFault(thrown.exception, thrown.message)
  throw thrown
}

export function missingError(model: string, id: number, uid: number): OdooFault {
  return new OdooFault(
    'odoo.exceptions.MissingError',
    `Record does not exist or has been deleted.\n(Record: ${model}(${id},), User: ${uid})`,
  )
}

/** Of what is read or ordered by; of what is written 19 says it shorter. */
export function invalidField(field: string, model: string): OdooFault {
  return valueError(`Invalid field '${field}' on model '${model}'`)
}

export function unwritableField(field: string, model: string, version: Version): OdooFault {
  return version >= 19 ? valueError(`Invalid field '${field}' in '${model}'`) : invalidField(field, model)
}

const cannot = 'The operation cannot be completed:'

/** A column that may not be empty, in the words that Odoo finds for PostgreSQL's refusal. */
export function mandatory(model: Model, name: string, version: Version): OdooFault {
  const label = model.fields[name]?.label ?? name
  const missing = `Missing required value for the field '${label}' (${name})`
  if (version < 19) {
    return brokenBy(
      `${cannot}\n- Create/update: a mandatory field is not set.\n`
      + '- Delete: another model requires the record being deleted. If possible, archive it instead.\n\n'
      + `Model: ${model.description} (${model.name})\nField: ${label} (${name})\n`,
      missing,
    )
  }
  const says = `${missing}.\nModel: '${model.description}' (${model.name})\n- create/update: a mandatory field is not set\n`
    + '- delete: another model requires the record being deleted, you can archive it instead\n'
  return brokenBy(`${cannot} ${says}`, says)
}

/** Of a record that is referred to and not there Odoo says what it says of one that is deleted and referred to. */
export function foreignKey(model: Model, name: string, version: Version): OdooFault {
  const constraint = `${model.name.replaceAll('.', '_')}_${name}_fkey`
  if (version < 19) {
    return brokenBy(
      `${cannot} another model requires the record being deleted. If possible, archive it instead.\n\n`
      + `Model: ${model.description} (${model.name})\nConstraint: ${constraint}\n`,
      `insert or update on table "${model.name.replaceAll('.', '_')}" violates foreign key constraint "${constraint}"\n`,
    )
  }
  const says = `Another model is using the record you are trying to delete.\n\nThe troublemaker is: '${model.description}' (${model.name})\n`
    + `Thanks to the following constraint: '${model.fields[name]?.label ?? name}' (${name})\nHow about archiving the record instead?`
  return brokenBy(`${cannot} ${says}`, says)
}

/** A rule of a table's, in its own words. */
export function brokenRule(says: string): OdooFault {
  return brokenBy(`${cannot} ${says}`, says)
}

function brokenBy(says: string, imported: string): OdooFault {
  return new OdooFault('odoo.exceptions.ValidationError', says, [says], imported)
}

const verbs = { read: 'access', write: 'modify', create: 'create', unlink: 'delete' } as const
export type Operation = keyof typeof verbs

export function modelDenied(operation: Operation, model: string, description: string): OdooFault {
  return accessError(
    `You are not allowed to ${verbs[operation]} '${description}' (${model}) records.\n\n`
    + 'This operation is allowed for the following groups:\n\t- Administration/Settings\n\n'
    + 'Contact your administrator to request access if necessary.',
  )
}

/** All of them up to 18, since then the first that is met. */
export function fieldsDenied(operation: Operation, fields: readonly string[], model: Model, version: Version): OdooFault {
  const [first] = fields
  const named = version >= 19 ? `field "${first ?? ''}"` : `fields "${fields.join(',')}"`
  return accessError(
    `You do not have enough rights to access the ${named} on ${model.description} (${model.name}). `
    + `Please contact your system administrator.\n\n${version >= 19 ? `Operation: ${operation}` : `(Operation: ${operation})`}`,
  )
}

/** `serialize_exception`. */
export function serialised(fault: OdooFault): { readonly [name: string]: Json } {
  return {
    name: fault.exception,
    message: fault.message,
    arguments: fault.arguments,
    context: {},
    debug: 'Traceback (most recent call last):\n'
      + '  File "/usr/lib/python3/dist-packages/odoo/http.py", line 1795, in _serve_db\n'
      + '    return service_model.retrying(self._serve_ir_http, self.env)\n'
      + `${fault.exception}: ${fault.message}\n`,
  }
}

const statuses: Readonly<Record<string, number>> = {
  'odoo.exceptions.UserError': 422,
  'odoo.exceptions.ValidationError': 422,
  'odoo.exceptions.RedirectWarning': 422,
  'odoo.exceptions.AccessError': 403,
  'odoo.exceptions.AccessDenied': 403,
  'odoo.http.SessionExpiredException': 403,
  'odoo.exceptions.MissingError': 404,
  'odoo.exceptions.LockError': 409,
}

/** The status that JSON-2 gives an exception. */
export function statusOf(fault: OdooFault): number {
  return statuses[fault.exception] ?? 500
}
