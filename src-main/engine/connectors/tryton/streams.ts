/**
 * The streams of Tryton that are read by what changed: orders, invoices with credit notes,
 * shipments, returns, products, customers.
 */
import { z } from 'zod'
import { type Outcome, ok } from '../../../domain/fault.ts'
import type { Api, StreamDefinition } from '../definition.ts'
import { overlapMs, wireId } from '../walk.ts'
import { search } from './calls.ts'
import { type Facts, learnFacts } from './facts.ts'
import { type Changes, type ChangesCursor, changesCursor, readChanges } from './changes.ts'
import { type KeyFields, find } from './lookup.ts'
import { invoiceOf, orderOf } from './normalise-documents.ts'
import { customerOf, productOf, returnOf, shipmentOf } from './normalise.ts'
import type { TrytonSettings } from './settings.ts'
import { invoiceFields, invoiceRow, originalFields, saleFields, saleRow } from './wire-documents.ts'
import {
  customerFields,
  customerRow,
  productFields,
  productRow,
  returnFields,
  returnRow,
  shipmentFields,
  shipmentRow,
  userFields,
} from './wire.ts'

/** Rows with their lines: about 250 kB a page of sales, half a second of Tryton's time. */
const documentsPerPage = 100
const plainPerPage = 200

type ChangesStream<Raw> = StreamDefinition<TrytonSettings, Raw, ChangesCursor>

/** What the rows of a page, or of a look-up, are made into before they are handed on. */
type Complete = (
  api: Api,
  settings: TrytonSettings,
  rows: readonly unknown[],
  facts: Facts,
) => Promise<Outcome<readonly unknown[]>>

const asTheyAre: Complete = async (_api, _settings, rows) => ok(rows)

/** With the logins of who wrote, where they may be read. */
function withUsers(changes: Changes, { readsUsers }: Facts): Changes {
  return readsUsers ? { ...changes, fields: [...changes.fields, ...userFields] } : changes
}

function changesStream<Raw>(given: {
  readonly stream: Pick<ChangesStream<Raw>, 'name' | 'emits' | 'pace' | 'raw' | 'normalise'>
  readonly changes: (facts: Facts) => Changes
  readonly keys: (facts: Facts) => KeyFields
  readonly complete?: Complete
}): ChangesStream<Raw> {
  const { stream, keys, complete = asTheyAre } = given
  const changes = (facts: Facts): Changes => withUsers(given.changes(facts), facts)
  return {
    ...stream,
    cursor: changesCursor,
    overlapMs,
    snapshot: false,
    async read(api, cursor, { settings, since }) {
      const page = await readChanges(api, settings, changes, cursor, since)
      if (!page.ok) return page
      const rows = await complete(api, settings, page.value.rows, page.value.facts)
      if (!rows.ok) return rows
      return ok({
        rows: rows.value,
        next: page.value.next,
        resumeAt: page.value.resumeAt,
        touched: [],
      })
    },
    async lookup(api, asked, settings) {
      const facts = await learnFacts(api, settings)
      if (!facts.ok) return facts
      const found = await find(
        api,
        settings,
        { ...changes(facts.value), keys: keys(facts.value), facts: facts.value },
        asked,
      )
      if (!found.ok) return found
      const rows = await complete(api, settings, found.value.rows, facts.value)
      return rows.ok ? ok({ rows: rows.value, complete: found.value.complete }) : rows
    },
  }
}

export const orders = changesStream({
  stream: {
    name: 'orders',
    emits: ['orders'],
    pace: 'near-real-time',
    raw: saleRow,
    normalise: (row) => [orderOf(row)],
  },
  changes: saleRows,
  keys: saleKeys,
})

export function saleChanges(facts: Facts): Changes {
  return withUsers(saleRows(facts), facts)
}

function saleRows(facts: Facts): Changes {
  return {
    model: 'sale.sale',
    domain: [],
    fields: facts.webId ? [...saleFields, 'web_id'] : saleFields,
    parts: ['lines.'],
    pageSize: documentsPerPage,
  }
}

export function saleKeys(facts: Facts): KeyFields {
  return { number: ['number'], reference: facts.webId ? ['reference', 'web_id'] : ['reference'] }
}

export const invoices = changesStream({
  stream: {
    name: 'invoices',
    emits: ['invoices', 'credit-notes'],
    pace: 'often',
    raw: invoiceRow,
    normalise: (row) => [invoiceOf(row)],
  },
  changes: () => ({
    model: 'account.invoice',
    domain: [['type', '=', 'out']],
    fields: invoiceFields,
    parts: ['lines.', 'taxes.'],
    pageSize: documentsPerPage,
  }),
  keys: () => ({ number: ['number'], reference: [] }),
  complete: withOriginals,
})

const origins = z.object({ 'lines.': z.array(z.object({ origin: z.string().nullish() })) })
const original = z.object({ id: wireId })

/**
 * A credit note's `sales` is empty; its lines name the invoice lines that they take back as
 * `account.invoice.line,7`, and those know their invoice (measured: ERP.md §4.6).
 */
async function withOriginals(
  api: Api,
  settings: TrytonSettings,
  rows: readonly unknown[],
  facts: Facts,
): Promise<Outcome<readonly unknown[]>> {
  const named = rows.map((row) => originalIdsIn(row))
  const ids = [...new Set(named.flat())]
  const byId = new Map<string, unknown>()
  if (ids.length > 0) {
    const told = await search(api, settings, {
      model: 'account.invoice.line',
      domain: [['id', 'in', ids.map(Number)]],
      limit: ids.length,
      order: null,
      fields: originalFields,
      context: { ...facts.context },
    })
    if (!told.ok) return told
    for (const row of told.value.result) byId.set(original.safeParse(row).data?.id ?? '', row)
  }
  return ok(
    rows.map((invoice, index) => ({
      invoice,
      originals: (named[index] ?? []).flatMap((id) => byId.get(id) ?? []),
      taxRounding: facts.taxRounding,
    })),
  )
}

function originalIdsIn(row: unknown): readonly string[] {
  const lines = origins.safeParse(row).data?.['lines.'] ?? []
  return [
    ...new Set(
      lines.flatMap(({ origin }) => /^account\.invoice\.line,(\d+)$/.exec(origin ?? '')?.[1] ?? []),
    ),
  ]
}

export const shipments = changesStream({
  stream: {
    name: 'shipments',
    emits: ['shipments'],
    pace: 'near-real-time',
    raw: shipmentRow,
    normalise: (row) => [shipmentOf(row)],
  },
  changes: () => ({
    model: 'stock.shipment.out',
    domain: [],
    fields: shipmentFields,
    parts: ['moves.'],
    pageSize: documentsPerPage,
  }),
  keys: () => ({ number: ['number'], reference: [] }),
})

/**
 * Its moves come from the lines of a sale with negative quantities, which the wizard of sales copies with the reference of
 * the sale that it takes back (tryton/tryton, modules/sale).
 */
export const returns = changesStream({
  stream: {
    name: 'returns',
    emits: ['returns'],
    pace: 'near-real-time',
    raw: returnRow,
    normalise: (row) => [returnOf(row)],
  },
  changes: () => ({
    model: 'stock.shipment.out.return',
    domain: [],
    fields: returnFields,
    parts: ['moves.'],
    pageSize: documentsPerPage,
  }),
  keys: () => ({ number: ['number'], reference: [] }),
})

export const products = changesStream({
  stream: {
    name: 'products',
    emits: ['products'],
    pace: 'batch',
    raw: productRow,
    normalise: productOf,
  },
  changes: () => ({
    model: 'product.product',
    domain: [],
    fields: productFields,
    parts: ['template.'],
    pageSize: plainPerPage,
  }),
  keys: () => ({ number: ['code'], reference: [] }),
})

export const customers = changesStream({
  stream: {
    name: 'customers',
    emits: ['customers'],
    pace: 'batch',
    raw: customerRow,
    normalise: (row) => [customerOf(row)],
  },
  changes: () => ({
    model: 'party.party',
    domain: [],
    fields: customerFields,
    parts: ['contact_mechanisms.', 'identifiers.', 'addresses.'],
    pageSize: plainPerPage,
  }),
  keys: () => ({ number: ['code'], reference: [] }),
})
