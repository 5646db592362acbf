/**
 * Has Odoo draw up the invoice of an order as its own button does: `sale.advance.payment.inv`, regular invoice. What is
 * billed, at which price and tax, is Odoo's own reckoning; it makes a draft, which a person posts.
 * Source: odoo/odoo, addons/sale/wizard/sale_make_invoice_advance.py, 16 to 19.
 */
import { z } from 'zod'
import { type Decimal, add, compare, decimalSchema, divide, isZero, multiply, round, subtract } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { currencySchema, exponentOf, toMajor } from '../../../domain/money.ts'
import { minutes } from '../../../domain/time.ts'
import type { ActionDefinition, ActionPreview, Api, InvoiceCreateInput, Verification } from '../definition.ts'
import { wireId } from '../walk.ts'
import { money, refused } from '../wanted.ts'
import { invoiceWrites, modelsLocked } from './access.ts'
import { type Call, ask, tell } from './calls.ts'
import { wireAmount, wireFigure, wireFlag, wireIds, wireText } from './classes.ts'
import { type Desk, askingContextOf, contextOf, takeDesk } from './desk.ts'
import type { OdooSettings } from './settings.ts'

/**
 * Probe, then create. Odoo bills only what is not billed yet, so a second sending finds nothing left to bill; but two
 * requests at the very same moment may both find it, so the order's invoices are asked for before and after.
 */
export const invoiceCreate: ActionDefinition<OdooSettings, 'invoice.create'> = {
  id: 'invoice.create',
  guarantee: 'probe-then-create',
  // A commit is visible at once; a request that we gave up on may still be at work, through Odoo's own five tries.
  visibilityLagMs: minutes(4),
  priceOfBeingWrong:
    'If somebody bills the same order at the same moment, Odoo holds two invoices of it. Ours is a draft: nothing is booked and ' +
    'nothing is sent to the customer until somebody posts it, and it can be deleted.',
  preview,
  send,
  verify,
}

const wizard = 'sale.advance.payment.inv'

const payloadSchema = z.object({
  order: z.object({ id: wireId, number: z.string() }),
  /** Every invoice that it has already, in whatever state: none of these is ours. */
  invoicesBefore: z.array(z.string()),
  expected: z.object({ net: decimalSchema, currency: currencySchema, lines: z.int().min(1) }),
})

const orderRows = z.array(z.object({ id: wireId, name: wireText, state: z.string(), invoice_ids: wireIds }))
const lineRows = z.array(
  z.object({
    id: wireId,
    name: wireText,
    display_type: wireText,
    is_downpayment: wireFlag,
    product_uom_qty: wireAmount,
    qty_delivered: wireFigure,
    qty_invoiced: wireFigure,
    qty_to_invoice: wireAmount,
    price_subtotal: wireAmount,
  }),
)
type Line = z.output<typeof lineRows>[number]
const moveRows = z.array(z.object({ id: wireId, name: wireText, state: z.string(), move_type: z.string(), amount_untaxed: wireAmount }))

async function preview(api: Api, input: InvoiceCreateInput, settings: OdooSettings): Promise<Outcome<ActionPreview>> {
  const desk = await takeDesk(api, settings)
  if (!desk.ok) return desk
  const locked = await modelsLocked(desk.value, invoiceWrites)
  if (!locked.ok) return locked
  if (locked.value.length > 0) {
    return ok(
      refused(
        `The Odoo user of this connection may not have orders billed: it cannot create ${locked.value.join(', ')}.`,
        'Give the user the role "User: All Documents" in Sales, or the right to create there.',
        'Then repair again.',
      ),
    )
  }
  const orders = await ask(desk.value, orderCall(desk.value, input.order.id), orderRows)
  if (!orders.ok) return orders
  const [order] = orders.value.result
  if (order === undefined) return ok(refused('Odoo has no such order any more.', 'It is compared again at the next reading.'))
  const lines = await ask(desk.value, linesCall(desk.value, order.id), lineRows)
  if (!lines.ok) return lines
  const moves = await ask(desk.value, movesCall(desk.value, order.invoice_ids), moveRows)
  if (!moves.ok) return moves
  return ok(readyOr(input, order, lines.value.result, moves.value.result))
}

function readyOr({ order: known, number }: InvoiceCreateInput, order: z.output<typeof orderRows>[number], lines: readonly Line[], moves: z.output<typeof moveRows>): ActionPreview {
  const name = order.name ?? order.id
  const draft = moves.find((move) => move.state === 'draft' && move.move_type === 'out_invoice')
  if (draft !== undefined) {
    return refused(`${name} has a draft invoice already (id ${draft.id}): it waits to be posted.`, 'Open it in Odoo, check it, and post it there.')
  }
  // up to 16 a locked order is "done"
  if (order.state !== 'sale' && order.state !== 'done') return refused(`${name} is ${order.state} in Odoo, and only a confirmed order is billed.`, 'Confirm it in Odoo first.')
  if (lines.some((line) => line.is_downpayment)) {
    return refused(`${name} has a down payment: how it is taken off is for a person to say.`, 'Bill it in Odoo by hand.')
  }
  const open = lines.filter((line) => line.display_type === null && !isZero(line.qty_to_invoice))
  if (open.length === 0) {
    return refused(
      `Odoo has nothing to bill on ${name}: by its products’ invoicing policy all is billed, or not delivered yet.`,
      'Look at the order’s delivered and invoiced quantities in Odoo.',
    )
  }
  const { currency } = known
  const net = add('0', ...open.map((line) => netOf(line, currency)))
  const ahead = open.filter((line) => compare(line.qty_to_invoice, subtract(line.qty_delivered ?? '0', line.qty_invoiced ?? '0')) > 0)
  return {
    kind: 'ready',
    payload: { order: { id: order.id, number: name }, invoicesBefore: moves.map((move) => move.id), expected: { net, currency, lines: open.length } },
    facts: [
      { label: 'Order in Odoo', value: `${name}, of ${number} in the shop` },
      ...open.map((line) => ({ label: `${line.qty_to_invoice} × ${titleOf(line)}`, value: money(netOf(line, currency), currency) })),
      { label: 'Net of the draft invoice', value: money(net, currency) },
    ],
    warnings: [
      'Odoo makes a draft. It is booked, and counts as billed here, once somebody posts it.',
      ...(ahead.length === 0 ? [] : [`${ahead.length} of its lines are billed as ordered, and not all of it was delivered: ${ahead.map(titleOf).join(', ').slice(0, 200)}.`]),
    ],
  }
}

function titleOf(line: Line): string {
  return line.name?.split('\n')[0] ?? `line ${line.id}`
}

/** Its share of the line; Odoo rounds each line of an invoice to the currency. */
function netOf(line: Line, currency: z.output<typeof currencySchema>): Decimal {
  if (isZero(line.product_uom_qty)) return '0'
  return round(divide(multiply(line.price_subtotal, line.qty_to_invoice), line.product_uom_qty), exponentOf(currency), 'half-away')
}

/** Asks once more which invoices there are, then lets Odoo draw one up. Neither is ever repeated. */
async function send(api: Api, payload: unknown, _key: string, settings: OdooSettings): Promise<Outcome<{ readonly targetId: string | null }>> {
  const { invoicesBefore, order } = payloadSchema.parse(payload)
  const taken = await takeDesk(api, settings)
  if (!taken.ok) return taken
  const desk = taken.value
  // with `tell`: a probe that is tried again could lie seconds before the write that it is there for
  const held = await tell(desk, orderCall(desk, order.id), orderRows)
  if (!held.ok) return held
  if ((held.value.result[0]?.invoice_ids ?? []).some((id) => !invoicesBefore.includes(id))) {
    return failed(fault('erp-rejection', 'Odoo has another invoice of this order by now, so nothing was sent.', { detail: 'probe before create' }))
  }
  const context = { ...contextOf(desk), active_model: 'sale.order', active_ids: [Number(order.id)], active_id: Number(order.id) }
  const values = { advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [Number(order.id)]]] }
  const opened = await tell(desk, { model: wizard, method: 'create', first: ['vals_list', [values]], named: { context } }, z.tuple([wireId]).or(wireId))
  if (!opened.ok) return opened
  const id = [opened.value.result].flat()[0] ?? ''
  const made = await tell(desk, { model: wizard, method: 'create_invoices', ids: [id], named: { context } }, z.unknown())
  // which one it made only some versions say: it is looked for all the same
  return made.ok ? ok({ targetId: null }) : made
}

/** Invoices of the order that were not there before, one cancelled meanwhile too. */
async function verify(api: Api, payload: unknown, _key: string, settings: OdooSettings): Promise<Outcome<Verification>> {
  const { expected, invoicesBefore, order } = payloadSchema.parse(payload)
  const desk = await takeDesk(api, settings)
  if (!desk.ok) return desk
  const held = await ask(desk.value, orderCall(desk.value, order.id), orderRows)
  if (!held.ok) return held
  const [found] = held.value.result
  if (found === undefined) return failed(fault('not-found', `Odoo does not show order ${order.number} any more, so nothing can be said of its invoices.`))
  const moves = await ask(desk.value, movesCall(desk.value, found.invoice_ids.filter((id) => !invoicesBefore.includes(id))), moveRows)
  if (!moves.ok) return moves
  const invoices = moves.value.result.filter((move) => move.move_type === 'out_invoice')
  return ok({ found: invoices.map((move) => foundOf(move, expected)) })
}

function foundOf(move: z.output<typeof moveRows>[number], { net, currency, lines }: z.output<typeof payloadSchema>['expected']): Verification['found'][number] {
  const apart = subtract(move.amount_untaxed, net).replace('-', '')
  // we foretold it line by line; where Odoo rounds otherwise, that is a cent a line
  const matches = compare(apart, multiply(toMajor(1, currency), String(lines))) <= 0
  const number = move.name === '/' ? null : move.name
  const instead = matches ? '' : `; ${money(net, currency)} was expected`
  return {
    id: move.id,
    number,
    matches: matches && move.state !== 'cancel',
    cancelled: move.state === 'cancel',
    says: `Invoice ${number ?? `without a number (id ${move.id})`}, ${move.state}: ${money(move.amount_untaxed, currency)} net${instead}.`,
  }
}

function orderCall(desk: Desk, id: string): Call {
  return searchOf(desk, 'sale.order', [['id', '=', Number(id)]], ['name', 'state', 'invoice_ids'])
}

function linesCall(desk: Desk, order: string): Call {
  const fields = ['name', 'display_type', 'is_downpayment', 'product_uom_qty', 'qty_delivered', 'qty_invoiced', 'qty_to_invoice', 'price_subtotal']
  return searchOf(desk, 'sale.order.line', [['order_id', '=', Number(order)]], fields)
}

function movesCall(desk: Desk, ids: readonly string[]): Call {
  return searchOf(desk, 'account.move', [['id', 'in', ids.map(Number)]], ['name', 'state', 'move_type', 'amount_untaxed'])
}

function searchOf(desk: Desk, model: string, domain: readonly unknown[], fields: readonly string[]): Call {
  return { model, method: 'search_read', named: { domain, fields, context: askingContextOf(desk) } }
}
