/** What we enter in Odoo: a draft quotation for a shop order that never arrived there. */
import { z } from 'zod'
import { compare, multiply, subtract } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { toMajor } from '../../../domain/money.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import { minutes } from '../../../domain/time.ts'
import type { ActionDefinition, Api, Verification } from '../definition.ts'
import { wireId } from '../walk.ts'
import { ask, tell } from './calls.ts'
import { type Desk, askingContextOf, contextOf, takeDesk } from './desk.ts'
import { previewDraft } from './draft.ts'
import { type DraftPayload, draftPayload } from './draft-payload.ts'
import { faultOfMessages } from './faults.ts'
import {
  externalId,
  importedCall,
  importedRows,
  inWords,
  ordersNaming,
  readOrders,
} from './presence.ts'
import type { OdooSettings } from './settings.ts'

/**
 * Probe, then create. Among ourselves it is safer than that: `load` makes the order, its lines and their external ids in
 * one transaction, and the database keeps an external id unique, so a second sending finds the first's order instead of
 * making another. But it would write over what people have changed there since, so we search before; and Odoo keeps no
 * reference unique, so against another writer, above all the shop's own integration, only the search stands: it can miss
 * what is being entered at this very moment.
 */
export const orderCreate: ActionDefinition<OdooSettings> = {
  id: 'order.create',
  guarantee: 'probe-then-create',
  // A commit is visible at once; a request that we gave up on may still be at work, through Odoo's own five tries.
  visibilityLagMs: minutes(4),
  priceOfBeingWrong:
    'If the integration enters the same order at the same moment, Odoo holds it twice. Ours is a quotation: it reserves no stock ' +
    'and makes no delivery or invoice until somebody confirms it, and it can be cancelled with one click.',
  preview: previewDraft,
  send,
  verify,
}

const loaded = z.object({
  ids: z.union([z.array(wireId), z.literal(false)]),
  messages: z.array(z.looseObject({ message: z.string(), type: z.string().nullish() })),
})

/** Searches once more, then sends exactly the payload in one call. Neither is ever repeated. */
async function send(
  api: Api,
  payload: unknown,
  key: string,
  settings: OdooSettings,
): Promise<Outcome<{ readonly targetId: string | null }>> {
  const draft = draftPayload.parse(payload)
  const desk = await takeDesk(api, settings)
  if (!desk.ok) return desk
  const held = await probe(desk.value, draft, key)
  if (!held.ok) return held
  if (held.value) {
    const says = 'Odoo holds an order for this shop order by now, so nothing was sent.'
    return failed(fault('erp-rejection', says, { detail: 'probe before load' }))
  }
  const table = tableOf(desk.value, draft, key)
  const call = {
    model: 'sale.order',
    method: 'load',
    named: { ...table, context: contextOf(desk.value) },
  }
  const made = await tell(desk.value, call, loaded)
  if (!made.ok) return made
  const { ids, messages } = made.value.result
  // It does not raise what went wrong: the answer is a good one, without ids.
  if (ids === false || ids.length === 0)
    return failed(faultOfMessages(messages.map(({ message }) => message)))
  return ok({ targetId: ids[0] ?? null })
}

/**
 * With `tell`, as a probe that is tried again could lie seconds before the write that it is there
 * for.
 */
async function probe(desk: Desk, draft: DraftPayload, key: string): Promise<Outcome<boolean>> {
  const imported = await tell(desk, importedCall(desk, key), importedRows)
  if (!imported.ok) return imported
  const references = [...new Set([draft.order['client_order_ref'] ?? key, key])]
  const domain = [
    ['company_id', '=', Number(desk.company.id)],
    ['client_order_ref', 'in', references],
    ['state', '!=', 'cancel'],
  ]
  const named = { domain, fields: ['id'], limit: 1, context: askingContextOf(desk) }
  const orders = await tell(
    desk,
    { model: 'sale.order', method: 'search_read', named },
    z.array(z.object({ id: wireId })),
  )
  if (!orders.ok) return orders
  return ok(imported.value.result.length > 0 || orders.value.result.length > 0)
}

/**
 * As `load` reads a spreadsheet: the order on the first row with its first line, the other lines
 * below.
 */
function tableOf(desk: Desk, { lines, order }: DraftPayload, key: string) {
  const ofOrder = Object.keys(order)
  const ofLine = [...new Set(lines.flatMap((line) => Object.keys(line)))]
  const fields = ['id', ...ofOrder, 'order_line/id', ...ofLine.map((name) => `order_line/${name}`)]
  const data = lines.map((line, index) => [
    ...(index === 0
      ? [externalId(desk, key), ...ofOrder.map((name) => order[name] ?? '')]
      : ['', ...ofOrder.map(() => '')]),
    externalId(desk, key, index + 1),
    ...ofLine.map((name) => line[name] ?? ''),
  ])
  return { fields, data }
}

/**
 * Every order that stands for the key, one cancelled meanwhile too: what is there, and whether it
 * is what was sent.
 */
async function verify(
  api: Api,
  payload: unknown,
  key: string,
  settings: OdooSettings,
): Promise<Outcome<Verification>> {
  const draft = draftPayload.parse(payload)
  const desk = await takeDesk(api, settings)
  if (!desk.ok) return desk
  const imported = await ask(desk.value, importedCall(desk.value, key), importedRows)
  if (!imported.ok) return imported
  const made = await readOrders(desk.value, {
    by: 'id',
    values: imported.value.result.map(({ res_id }) => res_id),
  })
  if (!made.ok) return made
  const named = await ordersNaming(desk.value, [draft.order['client_order_ref'] ?? key, key])
  if (!named.ok) return named
  const orders = new Map([...made.value, ...named.value].map((order) => [order.id, order]))
  return ok({ found: [...orders.values()].flatMap((order) => foundOf(order, draft)) })
}

function foundOf(
  order: ErpOrder,
  { cancelledBefore, expected }: DraftPayload,
): Verification['found'] {
  if (order.state === 'cancelled' && cancelledBefore.includes(order.id)) return []
  const apart = subtract(order.totals.total, expected.total).replace('-', '')
  const matches =
    order.state !== 'cancelled' &&
    order.currency === expected.currency &&
    order.lines.length === expected.lines &&
    // We foretold the total by Odoo's rules; where it rounds differently, that is a cent a line.
    compare(apart, multiply(toMajor(1, expected.currency), String(expected.lines))) <= 0
  const says = inWords(order, matches ? null : expected)
  return [
    { id: order.id, number: order.number, matches, cancelled: order.state === 'cancelled', says },
  ]
}
