/** Previews the draft of a missing sale: asks Tryton for everything that its own forms would fill in, and writes nothing. */
import { z } from 'zod'
import { type Decimal, add, compare, multiply, subtract } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { type Currency, exponentOf, toMajor, toMinor } from '../../../domain/money.ts'
import type { Order } from '../../../domain/records.ts'
import type { ActionPreview, Api, OrderCreateInput } from '../definition.ts'
import { modelsLocked } from './access.ts'
import { type Context, ask, learnFacts } from './calls.ts'
import { readHeader } from './draft-header.ts'
import { type DraftLine, draftLines, wantedOf } from './draft-lines.ts'
import { type DraftPayload, type Refused, refused } from './draft-payload.ts'
import { inWords, salesNaming } from './presence.ts'
import type { TrytonSettings } from './settings.ts'
import { decimalFor, wireAmount } from './wire.ts'

export async function previewDraft(api: Api, input: OrderCreateInput, settings: TrytonSettings): Promise<Outcome<ActionPreview>> {
  const { order, reference } = input
  if (order.cancelledAt !== null) return ok(refused('The order is cancelled in the shop, so it is not entered any more.'))
  const wanted = wantedOf(order, input.examples)
  if (wanted.kind === 'refused') return ok(wanted)
  const facts = await learnFacts(api, settings)
  if (!facts.ok) return facts
  const { context } = facts.value
  const locked = await modelsLocked(api, settings, context)
  if (!locked.ok) return locked
  if (locked.value.length > 0) {
    return ok(
      refused(
        `The Tryton user of this connection may not enter sales: it cannot create ${locked.value.join(', ')}.`,
        'Add the user to the group "Sales" in Tryton, or give its group the right to create there.',
        'Then repair again.',
      ),
    )
  }
  const held = await salesNaming(api, settings, facts.value, [reference])
  if (!held.ok) return held
  const live = held.value.find(({ state }) => state !== 'cancelled')
  if (live !== undefined) return ok(refused(`Tryton already holds this order. ${inWords(live, null)}`, 'Nothing needs to be repaired; it is compared again at the next reading.'))

  const header = await readHeader(api, settings, context, input)
  if (!header.ok) return header
  if (header.value.kind === 'refused') return ok(header.value)
  const { values, warnings, facts: headerFacts } = header.value
  const drafted = await draftLines(api, settings, wanted.lines, { context, header: values, taxesIncluded: order.taxesIncluded })
  if (!drafted.ok) return drafted
  if (drafted.value.kind === 'refused') return ok(drafted.value)
  const { lines } = drafted.value
  const totals = await totalsIn(api, settings, context, values, lines)
  if (!totals.ok) return totals
  const difference = differenceIn(order, totals.value.total, lines.length)
  if (difference !== null && typeof difference !== 'string') return ok(difference)

  const payload: DraftPayload = {
    values: {
      ...values,
      reference,
      description: `Web shop order ${order.number}, entered by Plumbline`.slice(0, 200),
      lines: [['create', lines.map(lineValues)]],
    },
    context: { ...context },
    expected: { total: totals.value.total, currency: order.currency, lines: lines.length },
  }
  return ok({
    kind: 'ready',
    payload,
    facts: [
      { label: 'Reference', value: reference },
      ...headerFacts,
      ...lines.map((line) => lineFact(line, order.currency)),
      { label: 'Tax in Tryton', value: money(totals.value.tax, order.currency) },
      { label: 'Total in Tryton', value: money(totals.value.total, order.currency) },
      { label: 'Total in the shop', value: money(order.totals.total, order.currency) },
    ],
    warnings: [
      ...held.value.map((sale) => `A cancelled sale already has this reference. ${inWords(sale, null)}`),
      ...warnings,
      ...(difference === null ? [] : [difference]),
    ],
  })
}

const computed = z.array(z.object({ tax_amount: wireAmount, total_amount: wireAmount }))

/** Tryton's own arithmetic on the draft, in memory: its rounding, its taxes, whatever modules it has. */
async function totalsIn(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  header: Readonly<Record<string, unknown>>,
  lines: readonly DraftLine[],
): Promise<Outcome<{ readonly tax: string; readonly total: string }>> {
  const values = {
    id: -1,
    company: context.company,
    currency: header['currency'],
    party: header['party'],
    lines: lines.map((line, index) => ({
      id: -1 - index,
      type: 'line',
      product: Number(line.product),
      quantity: Number(line.quantity),
      unit: line.unit === null ? null : Number(line.unit),
      unit_price: decimalFor(line.unitPrice),
      amount: decimalFor(line.amount),
      taxes: line.taxes.map(({ id }) => Number(id)),
    })),
  }
  const told = await ask(api, settings, 'model.sale.sale.on_change', [values, ['lines'], context], computed)
  if (!told.ok) return told
  const [first] = told.value.result
  if (first === undefined) return failed(fault('unexpected-shape', 'Tryton did not compute the totals of the draft.', { path: 'total_amount' }))
  return ok({ tax: first.tax_amount, total: first.total_amount })
}

/** Null: equal to the cent. A sentence: within one minor unit a line. Refused: more than that. */
function differenceIn(order: Order, total: string, lines: number): Refused | string | null {
  const difference = subtract(total, order.totals.total)
  if (compare(difference, '0') === 0) return null
  const apart = difference.replace('-', '')
  const more = compare(difference, '0') > 0 ? 'more' : 'less'
  const says = `Tryton would book ${apart} ${order.currency} ${more} than the shop charged (${total} instead of ${order.totals.total})`
  const tolerance = multiply(toMajor(1, order.currency), String(lines))
  if (compare(apart, tolerance) <= 0) return `${says}: its prices have fewer digits, or it rounds tax in another way.`
  const digits = exponentOf(order.currency)
  return refused(
    `${says}. That is more than rounding can explain (${lines} lines, ${digits} digits).`,
    'Look for a line, a discount, a fee or a tip of the order that is not among its lines in the shop.',
    'Enter this sale in Tryton by hand.',
  )
}

/** Only what Tryton would not fill in itself: a create runs none of its forms (measured: ERP.md §4.7). */
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

function lineFact(line: DraftLine, currency: string): { readonly label: string; readonly value: string } {
  const rates = add('0', ...line.taxes.map(({ ratePercent }) => ratePercent))
  return { label: `${line.quantity} × ${line.sku}`, value: `${line.unitPrice} each, ${money(line.amount, currency)} without tax, tax ${rates} %` }
}

/** `178.70 EUR`. */
function money(figure: Decimal, currency: Currency): string {
  return `${toMajor(toMinor(figure, currency), currency)} ${currency}`
}
