/** An invoice to be paid in coins is rounded to the smallest of them: that is owed, and neither sold nor taxed. */
import { afterEach, describe, expect, it } from 'vitest'
import { breachesOf } from '../../../../src-main/domain/en16931.ts'
import { odoo } from '../../../../src-main/engine/connectors/odoo/index.ts'
import { closeAll, connect, value } from './connection.ts'
import { type Row, invoice, invoiceLines, tablesOf } from './tables.ts'

afterEach(closeAll)

/** 100.00 and 19.00 tax, less two cents: 118.98 is to be paid. */
async function rounded(head: Row, coins: Row) {
  const lines = invoiceLines(1, 1, [11])
  const tax = lines.find((line) => line['display_type'] === 'tax')
  const tables = {
    'account.move': [invoice(1, { amount_total: 118.98, amount_residual: 118.98, ...head })],
    'account.move.line': [...lines, { ...tax, id: 99, name: 'Rounding 0.05', display_type: 'rounding', tax_line_id: false, amount_currency: 0.02, ...coins }],
  }
  const { api, settings } = await connect({ tables: { ...tablesOf(17), ...tables }, refused: [] })
  const stream = odoo.streams.find(({ name }) => name === 'invoices')
  const found = await stream?.lookup?.(api, { by: 'id', values: ['1'] }, settings)
  if (stream === undefined || found === undefined) throw new Error('no invoices')
  const [record] = value(found).rows.flatMap((row) => stream.normalise(stream.raw.parse(row), settings))
  if (record?.kind !== 'invoice') throw new Error('no invoice')
  return { lines: record.lines.length, totals: record.totals, open: record.open, breaches: breachesOf(record) }
}

describe('the smallest coin on an invoice of Odoo', () => {
  it.each<[string, Row, Row]>([
    ['a line of its own', { amount_untaxed: 99.98, amount_tax: 19.0 }, {}],
    ['the largest tax', { amount_untaxed: 100.0, amount_tax: 18.98 }, { tax_line_id: [1, '19%'] }],
  ])('booked as %s leaves what was sold and its tax as they are, and is owed', async (_where, head, coins) => {
    expect(await rounded(head, coins)).toEqual({ lines: 1, totals: { net: '100', tax: '19', total: '119' }, open: '118.98', breaches: [] })
  })
})
