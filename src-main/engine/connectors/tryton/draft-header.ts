/**
 * The header of a draft: who buys, on which day, from which warehouse, on which terms. Nobody and
 * nothing is created for it.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Order } from '../../../domain/records.ts'
import type { Instant } from '../../../domain/time.ts'
import type { ActionPreview, OrderCreateInput } from '../definition.ts'
import { type Refused, refused } from '../wanted.ts'
import { wireOptional } from '../wire.ts'
import { wireId } from '../walk.ts'
import { type Desk, askAt, searchAt } from './calls.ts'
import type { HeaderValues } from './draft-form.ts'
import { literally } from './lookup.ts'
import { type Warehouse, readWarehouses } from './warehouses.ts'
import { dayFor } from './classes.ts'

export interface Header {
  readonly kind: 'header'
  readonly values: HeaderValues
  readonly facts: Extract<ActionPreview, { kind: 'ready' }>['facts']
  readonly warnings: readonly string[]
}

/**
 * Fields of `sale.sale` that the choice of the customer fills in; others that a module adds are
 * left to its defaults.
 */
const filledByParty = [
  'invoice_address',
  'shipment_address',
  'payment_term',
  'price_list',
  'carrier',
  'warehouse',
] as const

export async function readHeader(
  desk: Desk,
  { examples, locations, order }: OrderCreateInput,
): Promise<Outcome<Header | Refused>> {
  const party = await readParty(desk, order.customer.email)
  if (!party.ok) return party
  if (party.value.kind === 'refused') return ok(party.value)
  const currency = await readCurrency(desk, order.currency)
  if (!currency.ok) return currency
  if (currency.value === null) {
    const guide = `Activate the currency ${order.currency} in Tryton, then repair again.`
    return ok(refused(`Tryton does not know the currency ${order.currency}.`, guide))
  }
  const base = {
    company: desk.context.company,
    currency: Number(currency.value),
    party: Number(party.value.id),
  }
  const filled = await fillIn(desk, base)
  if (!filled.ok) return filled
  const warehouse = await chooseWarehouse(desk, {
    order,
    locations,
    exampleIds: examples.map(({ id }) => id),
    stated:
      typeof filled.value.values['warehouse'] === 'number'
        ? String(filled.value.values['warehouse'])
        : null,
  })
  if (!warehouse.ok) return warehouse
  const day = await businessDay(desk, order.placedAt)
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
  const hasAddresses =
    typeof values['invoice_address'] === 'number' && typeof values['shipment_address'] === 'number'
  return [
    hasAddresses
      ? "The addresses are those that Tryton keeps for this customer. Compare the delivery address with the shop's order before you quote the sale."
      : 'Tryton keeps no address for this customer. Enter it before you quote the sale.',
    ...(hasWarehouse
      ? []
      : ['Which warehouse delivers cannot be told. Choose it before you quote the sale.']),
  ]
}

const partyRow = z.object({ id: wireId, code: wireOptional(z.string()) })

/** The one active party with this e-mail address, in any spelling. */
async function readParty(
  desk: Desk,
  email: string | null,
): Promise<Outcome<{ kind: 'party'; id: string; code: string | null } | Refused>> {
  const address = email?.trim() ?? ''
  if (address === '') {
    return ok(
      refused(
        'The order names no e-mail address, so its customer cannot be found in Tryton.',
        'Enter this sale in Tryton by hand.',
      ),
    )
  }
  const told = await searchAt(desk, {
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
  })
  if (!told.ok) return told
  const parties = told.value.result.flatMap((row) => partyRow.safeParse(row).data ?? [])
  const [only, ...others] = parties
  if (only === undefined) {
    return ok(
      refused(
        'No active customer in Tryton has the e-mail address of this order. Customers are never created from here.',
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

async function readCurrency(desk: Desk, code: string): Promise<Outcome<string | null>> {
  const told = await searchAt(desk, {
    model: 'currency.currency',
    domain: [['code', '=', code]],
    limit: 1,
    order: null,
    fields: ['code'],
  })
  if (!told.ok) return told
  return ok(z.object({ id: wireId }).safeParse(told.value.result[0]).data?.id ?? null)
}

const saleForm = z.record(z.string(), z.object({ on_change: z.array(z.string()) }))

/**
 * What Tryton's own form fills in once the customer is chosen: a create does not run it (ERP.md
 * §4.7).
 */
async function fillIn(
  desk: Desk,
  base: HeaderValues,
): Promise<Outcome<{ readonly values: HeaderValues }>> {
  const names = ['party', 'shipment_cost_method']
  const form = await askAt(desk, 'model.sale.sale.fields_get', [names, 0], saleForm)
  if (!form.ok) return form
  const asked = form.value.result['party']?.on_change ?? []
  const values = { ...Object.fromEntries(asked.map((name) => [name, base[name] ?? null])), id: -1 }
  const changes = z.array(z.record(z.string(), z.unknown()))
  const told = await askAt(desk, 'model.sale.sale.on_change', [values, ['party']], changes)
  if (!told.ok) return told
  const changed: Readonly<Record<string, unknown>> = Object.assign({}, ...told.value.result)
  const ids = filledByParty.flatMap((name) => {
    const id = wireId.safeParse(changed[name])
    return id.success ? [[name, Number(id.data)] as const] : []
  })
  // With a carrier Tryton would add a cost line of its own when the sale is quoted, beside the
  // shop's shipping.
  const free = 'shipment_cost_method' in form.value.result ? { shipment_cost_method: null } : {}
  return ok({ values: { ...Object.fromEntries(ids), ...free } })
}

interface WarehouseQuestion {
  readonly order: Order
  readonly locations: OrderCreateInput['locations']
  readonly exampleIds: readonly string[]
  /** What Tryton's form filled in; null where it left it open. */
  readonly stated: string | null
}

/**
 * From where the shop allocated the units, else what Tryton says, else the only one, else the one
 * of recent sales.
 */
async function chooseWarehouse(
  desk: Desk,
  { exampleIds, locations, order, stated }: WarehouseQuestion,
): Promise<Outcome<Warehouse | null>> {
  const warehouses = await readWarehouses(desk)
  if (!warehouses.ok) return warehouses
  const allocations = order.lines.flatMap((line) => line.allocations)
  const allocated = new Set(allocations.map(({ location }) => location))
  const codes = Object.entries(locations).flatMap(([code, shop]) =>
    allocated.has(shop) ? [code] : [],
  )
  if (codes.length === 1) {
    const mapped = warehouses.value.find(({ location }) => location === codes[0])
    if (mapped !== undefined) return ok(mapped)
  }
  const filledIn = warehouses.value.find(({ id }) => id === stated)
  if (filledIn !== undefined) return ok(filledIn)
  if (warehouses.value.length === 1) return ok(warehouses.value[0] ?? null)
  if (exampleIds.length === 0) return ok(null)
  const told = await searchAt(desk, {
    model: 'sale.sale',
    domain: [['id', 'in', exampleIds.map(Number)]],
    limit: exampleIds.length,
    order: null,
    fields: ['warehouse'],
  })
  if (!told.ok) return told
  const sales = told.value.result.map((row) => z.object({ warehouse: wireId }).safeParse(row))
  const used = new Set(sales.map(({ data }) => data?.warehouse ?? null))
  return ok(used.size === 1 ? (warehouses.value.find(({ id }) => used.has(id)) ?? null) : null)
}

/** The day on which the order was placed where the company is. */
async function businessDay(desk: Desk, placedAt: Instant): Promise<Outcome<string>> {
  const companies = z.array(z.object({ timezone: wireOptional(z.string()) }))
  const params = [[desk.context.company], ['timezone']]
  const told = await askAt(desk, 'model.company.company.read', params, companies)
  if (!told.ok) return told
  const zone = told.value.result[0]?.timezone ?? 'UTC'
  const timeZone = Intl.supportedValuesOf('timeZone').includes(zone) ? zone : 'UTC'
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  return ok(new Intl.DateTimeFormat('en-CA', { timeZone, ...digits }).format(placedAt))
}
