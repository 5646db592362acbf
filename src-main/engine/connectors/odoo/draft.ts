/** Previews the draft of a missing order: who, what, at which price and tax; writes nothing. */
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import type { ActionPreview, Api, OrderCreateInput } from '../definition.ts'
import { type Refused, differenceIn, money, ratesInWords, refused, wantedOf } from '../wanted.ts'
import { modelsLocked, orderWrites } from './access.ts'
import { type Desk, askAt, takeDesk } from './desk.ts'
import { type Header, readHeader } from './draft-header.ts'
import { type DraftLine, draftLines } from './draft-lines.ts'
import type { DraftPayload } from './draft-payload.ts'
import { type Totals, totalsOf } from './draft-totals.ts'
import { importedCall, importedRows, inWords, ordersNaming } from './presence.ts'
import type { OdooSettings } from './settings.ts'

export async function previewDraft(
  api: Api,
  input: OrderCreateInput,
  settings: OdooSettings,
): Promise<Outcome<ActionPreview>> {
  const { order } = input
  if (order.cancelledAt !== null) {
    return ok(refused('The order is cancelled in the shop, so it is not entered any more.'))
  }
  const wanted = wantedOf(order, input.examples, 'Odoo')
  if (wanted.kind === 'refused') return ok(wanted)
  const desk = await takeDesk(api, settings)
  if (!desk.ok) return desk
  const hindrance = await hindranceIn(desk.value, input)
  if (!hindrance.ok) return hindrance
  if (hindrance.value.kind === 'refused') return ok(hindrance.value)
  const header = await readHeader(desk.value, input)
  if (!header.ok) return header
  if (header.value.kind === 'refused') return ok(header.value)
  const drafted = await draftLines(desk.value, wanted.lines, input)
  if (!drafted.ok) return drafted
  if (drafted.value.kind === 'refused') return ok(drafted.value)
  const { lines } = drafted.value
  const totals = totalsOf(lines, order.currency, desk.value.company.taxRounding)
  return ok(readyOr({ input, header: header.value, lines, totals, held: hindrance.value.held }))
}

/**
 * What stands against it from the start; else the cancelled orders that have the reference already.
 */
async function hindranceIn(
  desk: Desk,
  { reference }: OrderCreateInput,
): Promise<Outcome<Refused | { readonly kind: 'none'; readonly held: readonly ErpOrder[] }>> {
  const locked = await modelsLocked(desk, orderWrites)
  if (!locked.ok) return locked
  if (locked.value.length > 0) {
    return ok(
      refused(
        `The Odoo user of this connection may not enter orders: it cannot create ${locked.value.join(', ')}.`,
        'Give the user the role "User: All Documents" in Sales, or the right to create there.',
        'Then repair again.',
      ),
    )
  }
  const imported = await askAt(desk, importedCall(desk, reference), importedRows)
  if (!imported.ok && imported.fault.class === 'permission') {
    return ok(
      refused(
        'The Odoo user of this connection may not read external ids (ir.model.data), by which a repair knows that it is made once only.',
        'Give one of its groups the right to read "ir.model.data".',
        'Then repair again.',
      ),
    )
  }
  if (!imported.ok) return imported
  const held = await ordersNaming(desk, [reference])
  if (!held.ok) return held
  const live = held.value.find(({ state }) => state !== 'cancelled')
  if (live === undefined) return ok({ kind: 'none', held: held.value })
  return ok(
    refused(
      `Odoo already holds this order. ${inWords(live, null)}`,
      'Nothing needs to be repaired; it is compared again at the next reading.',
    ),
  )
}

interface Drafted {
  readonly input: OrderCreateInput
  readonly header: Header
  readonly lines: readonly DraftLine[]
  readonly totals: Totals
  /** Cancelled orders that have the reference already. */
  readonly held: readonly ErpOrder[]
}

/** The preview, unless the ERP's total would not be what the customer was charged. */
function readyOr({ header, held, input, lines, totals }: Drafted): ActionPreview {
  const { order, reference } = input
  const { currency } = order
  const difference = differenceIn(order, totals.total, lines.length, 'Odoo')
  if (difference !== null && typeof difference !== 'string') return difference
  const payload: DraftPayload = {
    order: {
      ...header.cells,
      client_order_ref: reference,
      origin: `Web shop order ${order.number}, entered by Plumbline`.slice(0, 200),
    },
    lines: lines.map(({ cells }) => ({ ...cells })),
    expected: { total: totals.total, currency, lines: lines.length },
    cancelledBefore: held.map(({ id }) => id),
  }
  return {
    kind: 'ready',
    payload,
    facts: [
      { label: 'Reference', value: reference },
      ...header.facts,
      ...lines.map(({ price, quantity, sku, taxes }) => ({
        label: `${quantity} × ${sku}`,
        value: `${price} each, ${ratesInWords(taxes)} tax`,
      })),
      { label: 'Tax in Odoo', value: money(totals.tax, currency) },
      { label: 'Total in Odoo', value: money(totals.total, currency) },
      { label: 'Total in the shop', value: money(order.totals.total, currency) },
    ],
    warnings: [
      ...held.map((one) => `A cancelled order already has this reference. ${inWords(one, null)}`),
      ...header.warnings,
      ...(difference === null ? [] : [difference]),
    ],
  }
}
