/** The header of a draft: who buys, on which day, from which warehouse, on which terms. Nobody and nothing is created for it. */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Order } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { ActionPreview, Api, OrderCreateInput } from '../definition.ts'
import { wireOptional } from '../wire.ts'
import { type Context, ask, search } from './calls.ts'
import type { HeaderValues } from './draft-lines.ts'
import { type Refused, refused } from './draft-payload.ts'
import { literally } from './lookup.ts'
import type { TrytonSettings } from './settings.ts'
import { readWarehouses } from './stock.ts'
import { dayFor, wireId } from './wire.ts'

export interface Header {
  readonly kind: 'header'
  readonly values: HeaderValues
  readonly facts: Extract<ActionPreview, { kind: 'ready' }>['facts']
  readonly warnings: readonly string[]
}

/** Fields of `sale.sale` that the choice of the customer fills in; others that a module adds are left to its defaults. */
const filledByParty = ['invoice_address', 'shipment_address', 'payment_term', 'price_list', 'carrier', 'warehouse'] as const

export async function readHeader(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  { examples, locations, order }: OrderCreateInput,
): Promise<Outcome<Header | Refused>> {
  const party = await readParty(api, settings, context, order.customer.email)
  if (!party.ok) return party
  if (party.value.kind === 'refused') return ok(party.value)
  const currency = await readCurrency(api, settings, context, order.currency)
  if (!currency.ok) return currency
  if (currency.value === null) {
    const guide = `Activate the currency ${order.currency} in Tryton, then repair again.`
    return ok(refused(`Tryton does not know the currency ${order.currency}.`, guide))
  }
  const base = { company: context.company, currency: Number(currency.value), party: Number(party.value.id) }
  const filled = await fillIn(api, settings, context, base)
  if (!filled.ok) return filled
  const warehouse = await chooseWarehouse(api, settings, context, {
    order,
    locations,
    exampleIds: examples.map(({ id }) => id),
    stated: typeof filled.value.values['warehouse'] === 'number' ? String(filled.value.values['warehouse']) : null,
  })
  if (!warehouse.ok) return warehouse
  const day = await businessDay(api, settings, context, order.placedAt)
  if (!day.ok) return day
  const values: HeaderValues = {
    ...base,
    ...filled.value.values,
    ...(warehouse.value === null ? {} : { warehouse: Number(warehouse.value.id) }),
    sale_date: dayFor(day.value),
  }
  return ok({
    kind: 'header',
    values,
    facts: [
      { label: 'Customer in Tryton', value: party.value.code ?? `id ${party.value.id}` },
      { label: 'Sale date', value: day.value },
      { label: 'Warehouse', value: warehouse.value?.location ?? 'none' },
      { label: 'State', value: 'Draft' },
    ],
    warnings: warningsOf(values, warehouse.value !== null),
  })
}

function warningsOf(values: HeaderValues, hasWarehouse: boolean): readonly string[] {
  const hasAddresses = typeof values['invoice_address'] === 'number' && typeof values['shipment_address'] === 'number'
  return [
    hasAddresses
      ? "The addresses are those that Tryton keeps for this customer. Compare the delivery address with the shop's order before you quote the sale."
      : 'Tryton keeps no address for this customer. Enter it before you quote the sale.',
    ...(hasWarehouse ? [] : ['Which warehouse delivers cannot be told. Choose it before you quote the sale.']),
  ]
}

const partyRow = z.object({ id: wireId, code: wireOptional(z.string()) })

/** The one active party with this e-mail address, in any spelling. */
async function readParty(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  email: string | null,
): Promise<Outcome<{ kind: 'party'; id: string; code: string | null } | Refused>> {
  const address = email?.trim() ?? ''
  if (address === '') {
    return ok(refused('The order names no e-mail address, so its customer cannot be found in Tryton.', 'Enter this sale in Tryton by hand.'))
  }
  const told = await search(api, settings, {
    model: 'party.party',
    domain: [
      [
        'contact_mechanisms',
        'where',
        [
          ['type', '=', 'email'],
          ['value', 'ilike', literally(address)],
        ],
      ],
    ],
    limit: 10,
    order: [['id', 'ASC']],
    fields: ['code'],
    context: { ...context },
  })
  if (!told.ok) return told
  const parties = told.value.result.flatMap((row) => partyRow.safeParse(row).data ?? [])
  const [only, ...others] = parties
  if (only === undefined) {
    return ok(
      refused(
        "No active customer in Tryton has the e-mail address of this order. Customers are never created from here.",
        'Enter the customer in Tryton with the e-mail address, delivery address and tax rule, or add the address to the customer you already have.',
        'Then repair again.',
      ),
    )
  }
  if (others.length > 0) {
    const codes = parties.map(({ code, id }) => code ?? `id ${id}`).join(', ')
    return ok(
      refused(
        `Several customers in Tryton have the e-mail address of this order: ${codes}.`,
        'Replace the duplicates by one customer in Tryton, or leave the address with one of them.',
        'Then repair again.',
      ),
    )
  }
  return ok({ kind: 'party', ...only })
}

async function readCurrency(api: Api, settings: TrytonSettings, context: Context, code: string): Promise<Outcome<string | null>> {
  const told = await search(api, settings, {
    model: 'currency.currency',
    domain: [['code', '=', code]],
    limit: 1,
    order: null,
    fields: ['code'],
    context: { ...context },
  })
  if (!told.ok) return told
  return ok(z.object({ id: wireId }).safeParse(told.value.result[0]).data?.id ?? null)
}

const saleForm = z.record(z.string(), z.object({ on_change: z.array(z.string()) }))

/** What Tryton's own form fills in once the customer is chosen: a create does not run it (ERP.md §4.7). */
async function fillIn(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  base: HeaderValues,
): Promise<Outcome<{ readonly values: HeaderValues }>> {
  const names = ['party', 'shipment_cost_method']
  const form = await ask(api, settings, 'model.sale.sale.fields_get', [names, 0, context], saleForm)
  if (!form.ok) return form
  const asked = form.value.result['party']?.on_change ?? []
  const values = { ...Object.fromEntries(asked.map((name) => [name, base[name] ?? null])), id: -1 }
  const filled = await ask(api, settings, 'model.sale.sale.on_change', [values, ['party'], context], z.array(z.record(z.string(), z.unknown())))
  if (!filled.ok) return filled
  const changed: Readonly<Record<string, unknown>> = Object.assign({}, ...filled.value.result)
  const ids = filledByParty.flatMap((name) => {
    const id = wireId.safeParse(changed[name])
    return id.success ? [[name, Number(id.data)] as const] : []
  })
  // With a carrier Tryton would add a cost line of its own when the sale is quoted, beside the shop's shipping.
  const free = 'shipment_cost_method' in form.value.result ? { shipment_cost_method: null } : {}
  return ok({ values: { ...Object.fromEntries(ids), ...free } })
}

/** From where the shop allocated the units, else what Tryton says, else the only one, else the one of recent sales. */
async function chooseWarehouse(
  api: Api,
  settings: TrytonSettings,
  context: Context,
  given: {
    readonly order: Order
    readonly locations: OrderCreateInput['locations']
    readonly exampleIds: readonly string[]
    readonly stated: string | null
  },
): Promise<Outcome<{ readonly id: string; readonly location: string } | null>> {
  const warehouses = await readWarehouses(api, settings, context)
  if (!warehouses.ok) return warehouses
  const allocated = new Set(given.order.lines.flatMap(({ allocations }) => allocations.map(({ location }) => location)))
  const codes = new Set(Object.entries(given.locations).flatMap(([code, location]) => (allocated.has(location) ? [code] : [])))
  const mapped = warehouses.value.filter(({ location }) => codes.has(location))
  if (mapped.length === 1 && codes.size === 1) return ok(mapped[0] ?? null)
  const stated = warehouses.value.find(({ id }) => id === given.stated)
  if (stated !== undefined) return ok(stated)
  if (warehouses.value.length === 1) return ok(warehouses.value[0] ?? null)
  if (given.exampleIds.length === 0) return ok(null)
  const told = await search(api, settings, {
    model: 'sale.sale',
    domain: [['id', 'in', given.exampleIds.map(Number)]],
    limit: given.exampleIds.length,
    order: null,
    fields: ['warehouse'],
    context: { ...context },
  })
  if (!told.ok) return told
  const used = new Set(told.value.result.map((row) => z.object({ warehouse: wireId }).safeParse(row).data?.warehouse ?? null))
  return ok(used.size === 1 ? (warehouses.value.find(({ id }) => used.has(id)) ?? null) : null)
}

/** The day on which the order was placed where the company is. */
async function businessDay(api: Api, settings: TrytonSettings, context: Context, placedAt: Instant): Promise<Outcome<string>> {
  const companies = z.array(z.object({ timezone: wireOptional(z.string()) }))
  const told = await ask(api, settings, 'model.company.company.read', [[context.company], ['timezone'], context], companies)
  if (!told.ok) return told
  const zone = told.value.result[0]?.timezone ?? 'UTC'
  const timeZone = Intl.supportedValuesOf('timeZone').includes(zone) ? zone : 'UTC'
  return ok(new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(placedAt))
}
