/** Create, write and unlink: a client's values become moves in the books, all of them checked before the first is made. */
import { allow, modelNamed } from './access.ts'
import { missingError, type Operation, userError, valueError } from './faults.ts'
import type { Env, Model } from './fields.ts'
import {
  checkValues, idOf, isValues, lineChangeOf, lineDraftOf, partnerChangeOf, saleDraftOf, textOf, type Values,
} from './values.ts'

/** Names the rows that an import gives external ids to; nobody's business where there is no import. */
export type Named = (model: string, externalId: unknown, id: number) => void
const unnamed: Named = () => undefined

export function create(model: Model, valuesList: readonly Values[], env: Env): readonly number[] {
  // Each is read whole before the first is made: one transaction makes all of them or none.
  const makers = valuesList.map((values) => makerOf(model, values, env, unnamed))
  return makers.map((make) => make())
}

/** Refuses at once what cannot be made; what it gives makes the record. */
export function makerOf(model: Model, values: Values, env: Env, named: Named): () => number {
  allow(model, 'create', env)
  const { erp, user, now } = env
  switch (model.name) {
    case 'sale.order': {
      const lines = commandsOf(values['order_line']).flatMap((command) => command.kind === 'create' ? [command.values] : [])
      const draft = saleDraftOf(values, lines, env)
      return () => {
        const sale = erp.createSale(draft, user.id, now)
        for (const [at, lineId] of sale.lineIds.entries()) named('sale.order.line', lines[at]?.['id'], lineId)
        return sale.id
      }
    }
    case 'sale.order.line': {
      const saleId = idOf('sale.order', values['order_id'], env)
      if (saleId === null) throw valueError('A line needs its order.')
      const line = lineDraftOf(values, env)
      return () => erp.addLine(saleId, line, user.id, now).id
    }
    case 'res.partner': {
      const change = partnerChangeOf(values, env, 'create')
      const partner = {
        name: '', email: null, vat: null, ref: null, parentId: null, companyType: 'person', countryCode: null, active: true, ...change,
      } as const
      if (partner.name === '') throw userError('Contacts require a name')
      return () => erp.addPartner(partner, user.id, now).id
    }
    default: throw unwritable(model, 'create')
  }
}

export function write(model: Model, ids: readonly number[], values: Values, env: Env, named: Named = unnamed): void {
  allow(model, 'write', env)
  mustExist(model, ids, env)
  const { erp, books, user, now } = env
  for (const id of ids) {
    switch (model.name) {
      case 'sale.order': writeSale(id, values, env, named); break
      case 'sale.order.line': erp.changeLine(id, lineChangeOf(books.saleLines.must(id), values, env), user.id, now); break
      case 'res.partner': erp.changePartner(id, partnerChangeOf(values, env, 'write'), user.id, now); break
      default: throw unwritable(model, 'write')
    }
  }
}

function writeSale(id: number, values: Values, env: Env, named: Named): void {
  const { erp, user, now } = env
  checkValues(modelNamed('sale.order', env), values, 'write', env)
  const partnerId = idOf('res.partner', values['partner_id'], env)
  erp.changeSale(id, {
    ...('client_order_ref' in values ? { clientOrderRef: textOf(values['client_order_ref']) } : {}),
    ...('origin' in values ? { origin: textOf(values['origin']) } : {}),
    ...(partnerId === null ? {} : { partnerId }),
    ...('locked' in values ? { locked: values['locked'] === true } : {}),
  }, user.id, now)
  for (const command of commandsOf(values['order_line'])) {
    if (command.kind === 'create') {
      const line = erp.addLine(id, lineDraftOf(command.values, env), user.id, now)
      named('sale.order.line', command.values['id'], line.id)
    } else if (command.kind === 'update') {
      write(modelNamed('sale.order.line', env), [command.id], command.values, env)
    } else erp.removeLine(command.id, user.id, now)
  }
}

type Command =
  | { readonly kind: 'create'; readonly values: Values }
  | { readonly kind: 'update'; readonly id: number; readonly values: Values }
  | { readonly kind: 'delete'; readonly id: number }

/** `[0, 0, values]`, `[1, id, values]`, `[2, id]`; a link to a line changes nothing, since it is linked already. */
function commandsOf(value: unknown): readonly Command[] {
  if (value === undefined || value === null || value === false) return []
  if (!Array.isArray(value)) throw valueError(`Wrong value for sale.order.order_line: ${JSON.stringify(value)}`)
  return value.flatMap((command: unknown): Command[] => {
    if (!Array.isArray(command)) throw valueError(`Wrong value for sale.order.order_line: ${JSON.stringify(value)}`)
    const [kind, id, values]: unknown[] = command
    if (kind === 0 && isValues(values)) return [{ kind: 'create', values }]
    if (kind === 1 && typeof id === 'number' && isValues(values)) return [{ kind: 'update', id, values }]
    if (kind === 2 && typeof id === 'number') return [{ kind: 'delete', id }]
    if (kind === 4) return []
    throw valueError(`Wrong value for sale.order.order_line: ${JSON.stringify(value)}`)
  })
}

export function unlink(model: Model, ids: readonly number[], env: Env): void {
  allow(model, 'unlink', env)
  mustExist(model, ids, env)
  for (const id of ids) {
    if (model.name === 'sale.order') env.erp.deleteSale(id, env.now)
    else if (model.name === 'sale.order.line') env.erp.removeLine(id, env.user.id, env.now)
    else throw unwritable(model, 'unlink')
  }
}

export function mustExist(model: Model, ids: readonly number[], env: Env): void {
  const rows = model.rows(env)
  for (const id of ids) if (rows.get(id) === null) throw missingError(model.name, id, env.user.id)
}

function unwritable(model: Model, operation: Operation): Error {
  return userError(`The operation cannot be completed: ${operation} on ${model.description} (${model.name}) is not for integrations.`)
}
