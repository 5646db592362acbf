/** What Odoo answers instead of doing it: its exceptions by name, and the bodies that either protocol makes of them. */
import { Rejected } from '../../erp/erp.ts'
import type { Json } from './python-json.ts'

/** An exception on the server's side, as `odoo.exceptions.UserError`. */
export class OdooFault extends Error {
  readonly exception: string
  readonly arguments: readonly Json[]

  constructor(exception: string, says: string, args: readonly Json[] = [says]) {
    super(says)
    this.exception = exception
    this.arguments = args
  }
}

export const userError = (says: string): OdooFault => new OdooFault('odoo.exceptions.UserError', says)
const validationError = (says: string): OdooFault => new OdooFault('odoo.exceptions.ValidationError', says)
export const accessError = (says: string): OdooFault => new OdooFault('odoo.exceptions.AccessError', says)
export const valueError = (says: string): OdooFault => new OdooFault('builtins.ValueError', says)
export const typeError = (says: string): OdooFault => new OdooFault('builtins.TypeError', says)
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

export function invalidField(field: string, model: string): OdooFault {
  return valueError(`Invalid field '${field}' on model '${model}'`)
}

/** A column that may not be empty, in the words that Odoo finds for PostgreSQL's refusal. */
export function mandatory(description: string, model: string, label: string, field: string): OdooFault {
  return validationError(
    'The operation cannot be completed:\n'
    + '- Create/update: a mandatory field is not set.\n'
    + '- Delete: another model requires the record being deleted. If possible, archive it instead.\n\n'
    + `Model: ${description} (${model}), Field: ${label} (${field})\n`,
  )
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

export function fieldsDenied(operation: Operation, fields: readonly string[], model: string, description: string): OdooFault {
  return accessError(
    `You do not have enough rights to access the fields "${fields.join(',')}" on ${description} (${model}). `
    + `Please contact your system administrator.\n\n(Operation: ${operation})`,
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
