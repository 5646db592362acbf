/** Create, write and unlink: a client's values become moves in the books, all of them checked before the first is made. */
import { allow, modelNamed } from './access.ts'
import { mandatory, missingError, type Operation, userError } from './faults.ts'
import type { Env, Model } from './fields.ts'
import {
  isValues, lineChangeOf, lineDraftOf, noCommands, partnerChangeOf, saleChangeOf, saleDraftOf, take, type Taken, type Values,
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
  const make = recordOf(model, values, env, named)
  const all = take(model, values, 'create', env)
  return () => {
    const id = make(all)
    env.asides.keep(model, id, all)
    return id
  }
}

function recordOf(model: Model, values: Values, env: Env, named: Named): (all: Taken) => number {
  const { erp, user, now } = env
  switch (model.name) {
    case 'sale.order': return saleOf(model, values, env, named)
    case 'sale.order.line': {
      const line = lineDraftOf(values, env)
      const { order_id: saleId } = values
      if (typeof saleId !== 'number') throw mandatory(model, 'order_id', env.version)
      return () => erp.addLine(saleId, line, user.id, now).id
    }
    case 'res.partner': {
      const change = partnerChangeOf(take(model, { name: false, ...values }, 'create', env))
      const partner = {
        name: '', email: null, vat: null, ref: null, parentId: null, companyType: 'person', countryCode: null, active: true, ...change,
      } as const
      return () => erp.addPartner(partner, user.id, now).id
    }
    case 'sale.advance.payment.inv': {
      const saleIds = linkedIn(model, 'sale_order_ids', values['sale_order_ids'], env.context['active_ids'])
      mustExist(modelNamed('sale.order', env), saleIds, env)
      return () => {
        const id = env.asides.wizards.size + 1
        env.asides.wizards.put({ id, changedAt: now, saleIds })
        return id
      }
    }
    default: throw unwritable(model, 'create')
  }
}

/** A state, a lock or a name of the client's own is the order's from the start. */
function saleOf(model: Model, values: Values, env: Env, named: Named): (all: Taken) => number {
  const { erp, user, now } = env
  const commands = commandsOf(model, 'order_line', values['order_line'], [])
  const given = commands.flatMap((command) => command.kind === 'create' ? [command.values] : [])
  const all = take(model, values, 'create', env)
  const lines = given.map((line) => lineDraftOf(line, env))
  const draft = saleDraftOf(all, lines, env)
  const { state, locked, name } = saleChangeOf(all, env)
  const own = { ...(state === undefined ? {} : { state }), ...(locked === undefined ? {} : { locked }), ...(name === undefined ? {} : { name }) }
  return () => {
    const sale = erp.createSale(draft, user.id, now)
    for (const [at, lineId] of sale.lineIds.entries()) {
      named('sale.order.line', given[at]?.['id'], lineId)
      keepAside('sale.order.line', lineId, given[at] ?? {}, 'create', env)
    }
    if (Object.keys(own).length > 0) erp.changeSale(sale.id, own, user.id, now)
    return sale.id
  }
}

function keepAside(name: string, id: number, values: Values, operation: Operation, env: Env): void {
  const model = modelNamed(name, env)
  env.asides.keep(model, id, take(model, values, operation, env))
}

export function write(model: Model, ids: readonly number[], values: Values, env: Env, named: Named = unnamed): void {
  allow(model, 'write', env)
  mustExist(model, ids, env)
  const { erp, books, user, now } = env
  const all = take(model, values, 'write', env)
  for (const id of ids) {
    switch (model.name) {
      case 'sale.order': writeSale(id, values, all, env, named); break
      case 'sale.order.line': erp.changeLine(id, lineChangeOf(books.saleLines.must(id), values, env), user.id, now); break
      case 'res.partner': erp.changePartner(id, partnerChangeOf(all), user.id, now); break
      default: throw unwritable(model, 'write')
    }
    env.asides.keep(model, id, all)
  }
}

function writeSale(id: number, values: Values, all: Taken, env: Env, named: Named): void {
  const { erp, books, user, now } = env
  const sale = books.sales.must(id)
  if (env.version >= 17 && all.has('pricelist_id') && sale.state === 'sale') {
    throw userError('You cannot change the pricelist of a confirmed order !')
  }
  const lineModel = modelNamed('sale.order.line', env)
  const commands = commandsOf(modelNamed('sale.order', env), 'order_line', values['order_line'], sale.lineIds)
  mustExist(lineModel, commands.flatMap((command) => command.kind === 'create' ? [] : [command.id]), env)
  // all of them are read before the first is done, and what goes, goes first: a sold order refuses that, and then nothing is kept
  const acts = (goes: boolean) => (
    commands.filter(({ kind }) => (kind === 'delete') === goes).map((command) => actOf(id, command, env, named))
  )
  const [gone, others] = [acts(true), acts(false)]
  for (const act of gone) act()
  erp.changeSale(id, saleChangeOf(all, env), user.id, now)
  for (const act of others) act()
}

function actOf(saleId: number, command: Command, env: Env, named: Named): () => void {
  const { erp, books, user, now } = env
  switch (command.kind) {
    case 'create': {
      const { values } = command
      const draft = lineDraftOf(values, env)
      return () => {
        const line = erp.addLine(saleId, draft, user.id, now)
        named('sale.order.line', values['id'], line.id)
        keepAside('sale.order.line', line.id, values, 'create', env)
      }
    }
    case 'update': {
      const { id, values } = command
      const change = lineChangeOf(books.saleLines.must(id), values, env)
      return () => {
        erp.changeLine(id, change, user.id, now)
        keepAside('sale.order.line', id, values, 'write', env)
      }
    }
    case 'delete': return () => erp.removeLine(command.id, user.id, now)
    default: return command satisfies never
  }
}

type Command =
  | { readonly kind: 'create'; readonly values: Values }
  | { readonly kind: 'update'; readonly id: number; readonly values: Values }
  | { readonly kind: 'delete'; readonly id: number }

/**
 * `[0, 0, values]`, `[1, id, values]`, `[2, id]`, `[3, id]`, `[5]`, `[6, 0, ids]`: a line that leaves its order is
 * deleted. A link to a line changes nothing, since it is linked already.
 */
function commandsOf(model: Model, name: string, value: unknown, held: readonly number[]): readonly Command[] {
  if (value === undefined || value === null || value === false) return []
  const wrong = (): Error => noCommands(model, name, value)
  if (!Array.isArray(value)) throw wrong()
  const gone = (ids: readonly number[]): readonly Command[] => ids.map((id) => ({ kind: 'delete', id }))
  return value.flatMap((command: unknown): readonly Command[] => {
    if (!Array.isArray(command)) throw wrong()
    const [kind, id, more]: unknown[] = command
    if (kind === 0 && isValues(more)) return [{ kind: 'create', values: more }]
    if (kind === 1 && typeof id === 'number' && isValues(more)) return [{ kind: 'update', id, values: more }]
    if ((kind === 2 || kind === 3) && typeof id === 'number') return gone([id])
    if (kind === 4) return []
    if (kind === 5) return gone(held)
    if (kind === 6 && Array.isArray(more)) return gone(held.filter((each) => !more.includes(each)))
    throw wrong()
  })
}

/** The records that commands link; what the screen had chosen, where nothing is said. */
function linkedIn(model: Model, name: string, value: unknown, chosen: unknown): readonly number[] {
  const isId = (each: unknown): each is number => typeof each === 'number'
  if (value === undefined) return Array.isArray(chosen) ? chosen.filter(isId) : []
  if (!Array.isArray(value)) throw noCommands(model, name, value)
  return value.flatMap((command: unknown): readonly number[] => {
    const [kind, id, more]: unknown[] = Array.isArray(command) ? command : []
    if (kind === 6 && Array.isArray(more)) return more.filter(isId)
    if (kind === 4 && isId(id)) return [id]
    throw noCommands(model, name, value)
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
