/**
 * The streams of Odoo: orders, invoices with credit notes, shipments with returns, products, customers. Stock
 * has its own file.
 */
import { ok } from '../../../domain/fault.ts'
import { type Complete, changesStream, stampsOf } from './changes.ts'
import type { Desk } from './desk.ts'
import {
  editorOf,
  joined,
  linksIn,
  pick,
  readTaxes,
  usersOf,
  withInvoiceParts,
  withOrderParts,
  withShipmentParts,
} from './documents.ts'
import { customerOf, isReturn, productOf, returnOf, shipmentOf } from './normalise.ts'
import { invoiceOf, orderOf } from './normalise-documents.ts'
import { type Domain, anyOf, idsIn, linkIn, related, relatedIfShown } from './rows.ts'
import {
  orderAsked,
  invoiceAsked,
  packUnitAsked,
  packagingAsked,
  partnerAsked,
  pickingAsked,
  productAsked,
  templateAsked,
} from './fields.ts'
import { customerRow, invoiceRow, orderRow, productRow, shipmentRow } from './wire.ts'

const documentsPerPage = 100
const plainPerPage = 200

const ofCompany = ({ company }: Desk): Domain => [['company_id', '=', Number(company.id)]]
const everything = (): Domain => []

export const orderChanges = {
  asked: orderAsked,
  domain: ofCompany,
  parts: ['order_line'],
  pageSize: documentsPerPage,
  keys: { number: ['name'], reference: ['client_order_ref', 'origin', 'reference'] },
}

export const orders = changesStream({
  stream: {
    name: 'orders',
    emits: ['orders'],
    pace: 'near-real-time',
    raw: orderRow,
    normalise: (row) => [orderOf(row)],
  },
  changes: orderChanges,
  complete: withOrderParts,
})

export const invoices = changesStream({
  stream: {
    name: 'invoices',
    emits: ['invoices', 'credit-notes'],
    pace: 'often',
    raw: invoiceRow,
    normalise: (row) => [invoiceOf(row)],
  },
  changes: {
    asked: invoiceAsked,
    domain: (desk) => [...ofCompany(desk), ['move_type', 'in', ['out_invoice', 'out_refund']]],
    parts: ['line_ids'],
    pageSize: documentsPerPage,
    keys: { number: ['name'], reference: [] },
  },
  complete: withInvoiceParts,
  ordersIn: ({ orderIds }) => orderIds,
})

export const shipments = changesStream({
  stream: {
    name: 'shipments',
    emits: ['shipments', 'returns'],
    pace: 'near-real-time',
    raw: shipmentRow,
    normalise: (row) => [isReturn(row) ? returnOf(row) : shipmentOf(row)],
  },
  changes: {
    asked: pickingAsked,
    // a return is of whatever type the warehouse takes goods in by, at times of the one that sends them
    domain: (desk) => [
      ...ofCompany(desk),
      ...anyOf([
        ['picking_type_id.code', '=', 'outgoing'],
        ['location_id.usage', '=', 'customer'],
        // dropshipping: by a type of its own since 17, by one that takes in before
        ['location_dest_id.usage', '=', 'customer'],
      ]),
    ],
    parts: ['move_ids'],
    pageSize: documentsPerPage,
    keys: { number: ['name'], reference: [] },
  },
  complete: withShipmentParts,
  ordersIn: ({ orderIds }) => orderIds,
})

/** A product's name, unit and taxes stand on its template, which is written without the product. */
const withTemplates: Complete = async (desk, rows) => {
  const templates = await related(desk, templateAsked, linksIn(rows, 'product_tmpl_id'))
  if (!templates.ok) return templates
  const taxes = await readTaxes(
    desk,
    rows.flatMap((row) => idsIn(row, 'taxes_id')),
  )
  if (!taxes.ok) return taxes
  const packagings = await relatedIfShown(desk, packagingAsked, rows.flatMap((row) => idsIn(row, 'packaging_ids')))
  if (!packagings.ok) return packagings
  const units = await relatedIfShown(desk, packUnitAsked, rows.flatMap((row) => idsIn(row, 'uom_ids')))
  if (!units.ok) return units
  const users = await usersOf(desk, [...rows, ...templates.value.values(), ...packagings.value.values()])
  if (!users.ok) return users
  return ok(
    joined(rows, (product) => {
      const packs = pick(packagings.value, idsIn(product, 'packaging_ids'))
      const parts = [...pick(templates.value, [linkIn(product, 'product_tmpl_id') ?? '']), ...packs]
      return {
        parts,
        row: {
          id: Object(product).id,
          product,
          taxes: pick(taxes.value, idsIn(product, 'taxes_id')),
          taxParts: pick(taxes.value, idsIn(product, 'taxes_id').flatMap((id) => idsIn(taxes.value.get(id), 'children_tax_ids'))),
          packagings: packs,
          packUnits: pick(units.value, idsIn(product, 'uom_ids')),
          editor: editorOf(users.value, product, parts),
        },
      }
    }),
  )
}

export const products = changesStream({
  stream: {
    name: 'products',
    emits: ['products'],
    pace: 'batch',
    raw: productRow,
    normalise: productOf,
  },
  changes: {
    asked: productAsked,
    domain: everything,
    parts: ['product_tmpl_id', 'packaging_ids'],
    pageSize: plainPerPage,
    keys: { number: ['default_code'], reference: [] },
  },
  complete: withTemplates,
})

const withEditors: Complete = async (desk, rows) => {
  const users = await usersOf(desk, rows)
  if (!users.ok) return users
  return ok({
    rows: rows.map((row) => ({ ...Object(row), editor: editorOf(users.value, row, []) })),
    stamps: rows.map((row) => stampsOf(row)),
  })
}

export const customers = changesStream({
  stream: {
    name: 'customers',
    emits: ['customers'],
    pace: 'batch',
    raw: customerRow,
    normalise: customerOf,
  },
  changes: {
    asked: partnerAsked,
    domain: everything,
    parts: [],
    pageSize: plainPerPage,
    keys: { number: ['ref'], reference: [] },
  },
  complete: withEditors,
})
