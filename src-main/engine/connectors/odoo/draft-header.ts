/**
 * The header of a draft: who buys, in which currency, from which warehouse. Nobody and nothing is
 * created for it.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Order } from '../../../domain/records.ts'
import type { ActionPreview, OrderCreateInput } from '../definition.ts'
import { wireId } from '../walk.ts'
import { type Refused, refused } from '../wanted.ts'
import { stampOf, wireLink, wireText } from './classes.ts'
import { type Desk, fieldsOf } from './desk.ts'
import { type Asked, everyRow, readable } from './rows.ts'
import { readWarehouses } from './warehouses.ts'

export interface Header {
  readonly kind: 'header'
  readonly cells: Readonly<Record<string, string>>
  readonly facts: Extract<ActionPreview, { kind: 'ready' }>['facts']
  readonly warnings: readonly string[]
}

export async function readHeader(
  desk: Desk,
  { locations, order }: OrderCreateInput,
): Promise<Outcome<Header | Refused>> {
  const found = await readBuyer(desk, order.customer.email)
  if (!found.ok) return found
  if (found.value.kind === 'refused') return ok(found.value)
  const { buyer } = found.value
  const priceList = await choosePriceList(
    desk,
    order.currency,
    buyer.property_product_pricelist?.id ?? null,
  )
  if (!priceList.ok) return priceList
  if (priceList.value !== null && priceList.value.kind === 'refused') return ok(priceList.value)
  const warehouse = await chooseWarehouse(desk, order, locations)
  if (!warehouse.ok) return warehouse
  const position = buyer.property_account_position_id?.label ?? null
  return ok({
    kind: 'header',
    cells: {
      'company_id/.id': desk.company.id,
      'partner_id/.id': buyer.id,
      date_order: stampOf(order.placedAt),
      ...(priceList.value === null ? {} : { 'pricelist_id/.id': priceList.value.id }),
      ...(warehouse.value === null ? {} : { 'warehouse_id/.id': warehouse.value.id }),
    },
    facts: [
      { label: 'Customer in Odoo', value: buyer.ref ?? `id ${buyer.id}` },
      { label: 'Company', value: desk.company.name },
      { label: 'Warehouse', value: warehouse.value?.location ?? "Odoo's own choice" },
      { label: 'State', value: 'Quotation' },
    ],
    warnings: [
      "The addresses are those that Odoo keeps for this customer. Compare the delivery address with the shop's order before you confirm it.",
      ...(position === null
        ? []
        : [
            `This customer has the fiscal position "${position}" in Odoo. The draft has the tax that the shop charged: compare before you confirm it.`,
          ]),
    ],
  })
}

const buyerFields: Asked = {
  model: 'res.partner',
  required: ['email', 'commercial_partner_id'],
  optional: ['ref', 'property_product_pricelist', 'property_account_position_id'],
}

const buyerRow = z.object({
  id: wireId,
  email: wireText,
  commercial_partner_id: wireLink,
  ref: wireText,
  property_product_pricelist: wireLink,
  property_account_position_id: wireLink,
})
type Buyer = z.output<typeof buyerRow>

/**
 * The one active customer with this e-mail address, in any spelling; of a company with its contacts
 * the company.
 */
async function readBuyer(
  desk: Desk,
  email: string | null,
): Promise<Outcome<{ kind: 'buyer'; buyer: Buyer } | Refused>> {
  const address = email?.trim().toLowerCase() ?? ''
  if (address === '') {
    return ok(
      refused(
        'The order names no e-mail address, so its customer cannot be found in Odoo.',
        'Enter this order in Odoo by hand.',
      ),
    )
  }
  const fields = await readable(desk, buyerFields)
  if (!fields.ok) return fields
  const domain = [
    ['email', 'ilike', address.replaceAll('\\', '_')],
    ['active', '=', true],
  ]
  const rows = await everyRow(desk, { model: 'res.partner', domain, fields: fields.value })
  if (!rows.ok) return rows
  const partners = rows.value
    .flatMap((row) => buyerRow.safeParse(row).data ?? [])
    .filter((partner) => partner.email?.trim().toLowerCase() === address)
  const billed = new Set(partners.map((partner) => partner.commercial_partner_id?.id ?? partner.id))
  const only = partners.find(({ id }) => billed.has(id)) ?? partners[0]
  if (only === undefined) {
    return ok(
      refused(
        'No active customer in Odoo has the e-mail address of this order. Customers are never created from here.',
        'Create the customer in Odoo with this e-mail address, or let the integration do it.',
        'Then repair again.',
      ),
    )
  }
  if (billed.size > 1) {
    return ok(
      refused(
        `Several customers in Odoo have the e-mail address of this order: ids ${[...billed].join(', ')}.`,
        'Merge the duplicates in Odoo, or leave the address with one of them.',
        'Then repair again.',
      ),
    )
  }
  return ok({ kind: 'buyer', buyer: only })
}

interface PriceList {
  readonly kind: 'price-list'
  readonly id: string
}

const priceListRow = z.object({ id: wireId, currency_id: wireLink })

/**
 * An order has its price list's currency. The customer's list where it has the right one, else the first that has; none
 * where the company books in it anyway.
 */
async function choosePriceList(
  desk: Desk,
  currency: string,
  own: string | null,
): Promise<Outcome<PriceList | Refused | null>> {
  const known = [...desk.currencies].find(([, { code }]) => code === currency)?.[0]
  const booksInIt = known !== undefined && known === desk.company.currency
  const domain = [
    ['currency_id', '=', Number(known ?? 0)],
    ['active', '=', true],
    ['company_id', 'in', [false, Number(desk.company.id)]],
  ]
  const rows = await everyRow(desk, { model: 'product.pricelist', domain, fields: ['currency_id'] })
  const hidden = !rows.ok && (rows.fault.class === 'permission' || rows.fault.class === 'not-found')
  if (!rows.ok && !hidden) return rows
  const lists = rows.ok ? rows.value.flatMap((row) => priceListRow.safeParse(row).data ?? []) : []
  const first = booksInIt && own === null ? undefined : lists[0]
  const chosen = lists.find(({ id }) => id === own) ?? first
  if (chosen !== undefined) return ok({ kind: 'price-list', id: chosen.id })
  // The customer's own list, in another currency, would be taken if none were named.
  if (booksInIt && (own === null || hidden)) return ok(null)
  return ok(
    refused(
      `Odoo has no price list in ${currency}, so no order can be entered in it.`,
      `Make a price list in ${currency} in Odoo, then repair again.`,
    ),
  )
}

/** From where the shop allocated the units; null: Odoo chooses. */
async function chooseWarehouse(desk: Desk, order: Order, locations: OrderCreateInput['locations']) {
  const fields = await fieldsOf(desk, 'sale.order')
  if (!fields.ok) return fields
  if (fields.value?.has('warehouse_id') !== true) return ok(null)
  const allocated = new Set(
    order.lines.flatMap((line) => line.allocations).map(({ location }) => location),
  )
  const codes = Object.entries(locations).flatMap(([code, shop]) =>
    allocated.has(shop) ? [code] : [],
  )
  if (codes.length !== 1) return ok(null)
  const warehouses = await readWarehouses(desk)
  if (!warehouses.ok) return warehouses
  return ok(warehouses.value.find(({ location }) => location === codes[0]) ?? null)
}
