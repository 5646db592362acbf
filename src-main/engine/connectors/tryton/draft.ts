/**
 * Previews the draft of a missing sale: asks Tryton for everything that its own forms would fill
 * in, and writes nothing.
 */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { Currency } from '../../../domain/money.ts'
import type { ErpOrder } from '../../../domain/records.ts'
import type { ActionPreview, Api, OrderCreateInput } from '../definition.ts'
import { type Refused, differenceIn, money, ratesInWords, refused, wantedOf } from '../wanted.ts'
import { modelsLocked } from './access.ts'
import { type Desk, askAt } from './calls.ts'
import { learnFacts } from './facts.ts'
import type { HeaderValues } from './draft-form.ts'
import { type Header, readHeader } from './draft-header.ts'
import { type DraftLine, draftLines } from './draft-lines.ts'
import type { DraftPayload } from './draft-payload.ts'
import { inWords, salesNaming } from './presence.ts'
import type { TrytonSettings } from './settings.ts'
import { decimalFor, wireAmount } from './classes.ts'

export async function previewDraft(
  api: Api,
  input: OrderCreateInput,
  settings: TrytonSettings,
): Promise<Outcome<ActionPreview>> {
  const { order } = input
  if (order.cancelledAt !== null) {
    return ok(refused('The order is cancelled in the shop, so it is not entered any more.'))
  }
  const wanted = wantedOf(order, input.examples, 'Tryton')
  if (wanted.kind === 'refused') return ok(wanted)
  const facts = await learnFacts(api, settings)
  if (!facts.ok) return facts
  const desk: Desk = { api, settings, context: facts.value.context }
  const locked = await modelsLocked(desk)
  if (!locked.ok) return locked
  if (locked.value.length > 0) return ok(mayNotWrite(locked.value))
  const held = await salesNaming(desk, facts.value, [input.reference])
  if (!held.ok) return held
  const live = held.value.find(({ state }) => state !== 'cancelled')
  if (live !== undefined) return ok(alreadyThere(live))
  const header = await readHeader(desk, input)
  if (!header.ok) return header
  if (header.value.kind === 'refused') return ok(header.value)
  const { values } = header.value
  const { taxesIncluded } = order
  const drafted = await draftLines(desk, wanted.lines, { header: values, taxesIncluded })
  if (!drafted.ok) return drafted
  if (drafted.value.kind === 'refused') return ok(drafted.value)
  const { lines } = drafted.value
  const totals = await totalsIn(desk, values, lines)
  if (!totals.ok) return totals
  return ok(
    readyOr({ input, header: header.value, lines, totals: totals.value, desk, held: held.value }),
  )
}

function mayNotWrite(models: readonly string[]): Refused {
  return refused(
    `The Tryton user of this connection may not enter sales: it cannot create ${models.join(', ')}.`,
    'Add the user to the group "Sales" in Tryton, or give its group the right to create there.',
    'Then repair again.',
  )
}

function alreadyThere(sale: ErpOrder): Refused {
  return refused(
    `Tryton already holds this order. ${inWords(sale, null)}`,
    'Nothing needs to be repaired; it is compared again at the next reading.',
  )
}

interface Totals {
  readonly tax: string
  readonly total: string
}

const computed = z.array(z.object({ tax_amount: wireAmount, total_amount: wireAmount }))

/**
 * Tryton's own arithmetic on the draft, in memory: its rounding, its taxes, whatever modules it
 * has.
 */
async function totalsIn(
  desk: Desk,
  header: HeaderValues,
  lines: readonly DraftLine[],
): Promise<Outcome<Totals>> {
  const values = {
    id: -1,
    company: header['company'],
    currency: header['currency'],
    party: header['party'],
    lines: lines.map((line, index) => ({
      ...lineValues(line),
      id: -1 - index,
      amount: decimalFor(line.amount),
      taxes: line.taxes.map(({ id }) => Number(id)),
    })),
  }
  const told = await askAt(desk, 'model.sale.sale.on_change', [values, ['lines']], computed)
  if (!told.ok) return told
  const [first] = told.value.result
  if (first !== undefined) return ok({ tax: first.tax_amount, total: first.total_amount })
  const says = 'Tryton did not compute the totals of the draft.'
  return failed(fault('unexpected-shape', says, { path: 'total_amount' }))
}

/**
 * Only what Tryton would not fill in itself: a create runs none of its forms (measured: ERP.md
 * §4.7).
 */
function lineValues(line: DraftLine): Readonly<Record<string, unknown>> {
  return {
    type: 'line',
    product: Number(line.product),
    quantity: Number(line.quantity),
    unit: line.unit === null ? null : Number(line.unit),
    unit_price: decimalFor(line.unitPrice),
    taxes: [['add', line.taxes.map(({ id }) => Number(id))]],
  }
}

interface Drafted {
  readonly input: OrderCreateInput
  readonly header: Header
  readonly lines: readonly DraftLine[]
  readonly totals: Totals
  readonly desk: Desk
  /** Cancelled sales that have the reference already. */
  readonly held: readonly ErpOrder[]
}

/** The preview, unless the ERP's total would not be what the customer was charged. */
function readyOr({ desk, header, held, input, lines, totals }: Drafted): ActionPreview {
  const { order, reference } = input
  const { currency } = order
  const difference = differenceIn(order, totals.total, lines.length, 'Tryton')
  if (difference !== null && typeof difference !== 'string') return difference
  const payload: DraftPayload = {
    values: {
      ...header.values,
      reference,
      description: `Web shop order ${order.number}, entered by Plumbline`.slice(0, 200),
      lines: [['create', lines.map(lineValues)]],
    },
    context: { ...desk.context },
    expected: { total: totals.total, currency, lines: lines.length },
    cancelledBefore: held.map(({ id }) => id),
  }
  return {
    kind: 'ready',
    payload,
    facts: [
      { label: 'Reference', value: reference },
      ...header.facts,
      ...lines.map((line) => lineFact(line, currency)),
      { label: 'Tax in Tryton', value: money(totals.tax, currency) },
      { label: 'Total in Tryton', value: money(totals.total, currency) },
      { label: 'Total in the shop', value: money(order.totals.total, currency) },
    ],
    warnings: [
      ...held.map((sale) => `A cancelled sale already has this reference. ${inWords(sale, null)}`),
      ...header.warnings,
      ...(difference === null ? [] : [difference]),
    ],
  }
}

function lineFact(
  line: DraftLine,
  currency: Currency,
): { readonly label: string; readonly value: string } {
  const net = `${line.unitPrice} each, ${money(line.amount, currency)} without tax`
  return {
    label: `${line.quantity} × ${line.sku}`,
    value: `${net}, ${ratesInWords(line.taxes)} tax`,
  }
}
