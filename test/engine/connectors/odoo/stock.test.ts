import { afterEach, describe, expect, it } from 'vitest'
import { minutes } from '../../../../src-main/domain/time.ts'
import type { StockLevel } from '../../../../src-main/domain/records.ts'
import { stockOf } from '../../../../src-main/engine/connectors/odoo/normalise.ts'
import { stock } from '../../../../src-main/engine/connectors/odoo/stock.ts'
import { stockRow } from '../../../../src-main/engine/connectors/odoo/wire.ts'
import type { WalkCursor } from '../../../../src-main/engine/connectors/walk.ts'
import { closeAll, connect, value } from './connection.ts'
import { type Row, type Tables, type Version, at, move, recordedAt, tablesOf } from './tables.ts'

afterEach(closeAll)

const day = recordedAt - 86_400_000
const since = (instant: number): WalkCursor => ({ from: at(instant), page: null })

async function levels(
  given: {
    tables?: Tables
    version?: Version
    cursor?: WalkCursor | null
    warehouses?: string[]
  } = {},
) {
  const { cursor = null, tables, version = 17, warehouses } = given
  const settings = warehouses === undefined ? {} : { warehouses }
  const connection = await connect({
    version,
    settings,
    tables: { ...tablesOf(version), ...tables },
  })
  const page = value(
    await stock.read(connection.api, cursor, { settings: connection.settings, since: null }),
  )
  return page.rows.flatMap((row) => stockOf(stockRow.parse(row)))
}

const figures = (found: readonly StockLevel[]) =>
  Object.fromEntries(
    found.map(({ available, id, onHand, reserved }) => [id, [onHand, reserved, available]]),
  )

const changedOf = (found: readonly StockLevel[], id: string) =>
  found.find((level) => level.id === id)?.version

function quant(id: number, more: Row): Row {
  const [first] = tablesOf(17)['stock.quant'] ?? []
  return { ...first, id, ...more }
}

describe('the stock of an Odoo', () => {
  it.each<[Version]>([[16], [17], [18], [19]])(
    'is the sum of the shelves of each warehouse, in %i',
    async (version) => {
      expect(figures(await levels({ version }))).toEqual({
        'DESK@WH': ['10.5', '3', '7.5'],
        'DESK@SUD': ['4', '0', '4'],
        'LAMP@WH': ['0', '0', '0'],
        'LAMP@SUD': ['0', '0', '0'],
        'BOOK@WH': ['0', '0', '0'],
        'BOOK@SUD': ['0', '0', '0'],
      })
    },
  )

  it('says which goods are kept in stock, as each version words it', async () => {
    for (const version of [16, 17, 18, 19] as const) {
      expect((await levels({ version })).every(({ tracked }) => tracked)).toBe(true)
    }
    const goods = (tablesOf(17)['product.product'] ?? []).map((row) => ({ ...row, type: 'consu' }))
    expect(
      (await levels({ tables: { 'product.product': goods } })).some(({ tracked }) => tracked),
    ).toBe(false)
  })

  it('is read in the warehouses of the settings only', async () => {
    expect(Object.keys(figures(await levels({ warehouses: ['SUD'] })))).toEqual([
      'DESK@SUD',
      'LAMP@SUD',
      'BOOK@SUD',
    ])
  })

  it('of a product is read whole when one of its quants changed', async () => {
    const quants = [
      quant(1, { write_date: at(day), quantity: 7.0 }),
      quant(2, { location_id: [81, 'a label'], quantity: 0.5, reserved_quantity: 0.0 }),
    ]
    const found = await levels({ cursor: since(day), tables: { 'stock.quant': quants } })
    expect(figures(found)).toEqual({ 'DESK@WH': ['7.5', '3', '4.5'], 'DESK@SUD': ['0', '0', '0'] })
    expect(changedOf(found, 'DESK@WH')).toBe(at(day))
  })

  it('went to nothing when its quants are gone, and the move says when', async () => {
    const out = move(9, {
      product_id: [6, 'a label'],
      state: 'done',
      write_date: at(day + minutes(5)),
    })
    const found = await levels({ cursor: since(day), tables: { 'stock.move': [out] } })
    expect(figures(found)).toEqual({ 'LAMP@WH': ['0', '0', '0'], 'LAMP@SUD': ['0', '0', '0'] })
    expect([changedOf(found, 'LAMP@WH'), changedOf(found, 'LAMP@SUD')]).toEqual([
      at(day + minutes(5)),
      null,
    ])
  })

  it('keeps every digit of weighed goods', async () => {
    const quants = [0.1, 0.2].map((quantity, index) =>
      quant(index + 1, { quantity, reserved_quantity: 0.05 }),
    )
    expect(figures(await levels({ tables: { 'stock.quant': quants } }))['DESK@WH']).toEqual([
      '0.3',
      '0.1',
      '0.2',
    ])
  })

  it('is refused, and not called zero, where quants come in another form', async () => {
    const { api, settings } = await connect({
      tables: { ...tablesOf(17), 'stock.quant': [quant(1, { quantity: 'many' })] },
    })
    expect(await stock.read(api, null, { settings, since: null })).toMatchObject({
      ok: false,
      fault: { class: 'unexpected-shape' },
    })
  })
})
