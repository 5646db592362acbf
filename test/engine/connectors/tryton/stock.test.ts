import { afterEach, describe, expect, it } from 'vitest'
import type { StockLevel } from '../../../../src-main/domain/records.ts'
import { tryton } from '../../../../src-main/engine/connectors/tryton/index.ts'
import { stock } from '../../../../src-main/engine/connectors/tryton/stock.ts'
import { stockRow } from '../../../../src-main/engine/connectors/tryton/wire.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import {
  type Row,
  type Tables,
  fixture,
  methodOf,
  paramsOf,
  password,
  recordedAt,
  recordedTables,
  replayTryton,
  user,
} from './platform.ts'

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

async function readAll(
  tables: Tables,
  warehouses: readonly string[] = [],
): Promise<readonly StockLevel[]> {
  platform = await replayTryton({ tables })
  const settings = tryton.settings.parse({ baseUrl: `${platform.url}/tryton/`, user, warehouses })
  const { api } = openTestApi({
    connector: tryton,
    settings,
    secrets: { password },
    at: recordedAt,
  })
  const levels: StockLevel[] = []
  let cursor: Parameters<typeof stock.read>[1] = null
  do {
    const page = await stock.read(api, cursor, { settings, since: null })
    if (!page.ok) throw new Error(page.fault.says)
    for (const row of page.value.rows) {
      levels.push(
        ...stock
          .normalise(stockRow.parse(row), settings)
          .filter((record) => record.kind === 'stock'),
      )
    }
    cursor =
      page.value.next === null
        ? null
        : stock.cursor.parse(JSON.parse(JSON.stringify(page.value.next)))
  } while (cursor !== null)
  return levels
}

const lyonStorage = 3
const moment = (minute: number) => ({
  __class__: 'datetime',
  year: 2026,
  month: 11,
  day: 23,
  hour: 9,
  minute,
  second: 0,
  microsecond: 0,
})
const at = (minute: number) => Date.parse('2026-11-23T09:00:00Z') + minute * 60_000
const [product = {}, other = {}] = fixture('stock-lyon')
const sku = String(product['code'])

const move = (id: number, change: Row): Row => ({
  id,
  product: product['id'],
  from_location: lyonStorage,
  to_location: 2,
  create_date: moment(1),
  write_date: null,
  ...change,
})

const changedAt = async (moves: readonly Row[], location = 'WH-LYON') => {
  const levels = await readAll({ ...recordedTables(), 'stock.move': moves })
  return levels.find((level) => level.sku === sku && level.location === location)?.changedAt
}

describe('reading stock of Tryton', () => {
  it('asks for one warehouse at a time and for the day that it is where Tryton runs', async () => {
    await readAll(recordedTables())
    const contexts = (platform?.seen ?? [])
      .filter((request) => methodOf(request) === 'model.product.product.search_read')
      .map((request) => Object(paramsOf(request).at(-1)))
    expect(contexts.map(({ locations }) => locations)).toEqual([[5], [12]])
    expect(contexts[0].stock_date_end).toEqual({
      __class__: 'date',
      year: 2026,
      month: 11,
      day: 23,
    })
  })

  it('gives every product in every warehouse, or in those of the settings', async () => {
    const levels = await readAll(recordedTables())
    expect(new Set(levels.map(({ location }) => location))).toEqual(new Set(['WH-LYON', 'WH-GENT']))
    await platform?.close()
    const some = await readAll(recordedTables(), ['WH-GENT'])
    expect(new Set(some.map(({ location }) => location))).toEqual(new Set(['WH-GENT']))
  })

  const day = (of: number) => ({ __class__: 'date', year: 2026, month: 11, day: of })
  const planned = (change: Row) =>
    move(1, { state: 'draft', planned_date: day(22), effective_date: null, internal_quantity: 3, ...change })

  it.each<[string, number, Row]>([
    ['takes off what should have left before today and waits still', 3, {}],
    ['leaves what is planned for today to the forecast', 0, { planned_date: day(23) }],
    ['leaves what is assigned to the forecast', 0, { state: 'assigned' }],
    ['leaves alone what has left', 0, { state: 'done', effective_date: day(22) }],
    ['does not count on what is late in coming in', 0, { from_location: 8, to_location: lyonStorage }],
    ['leaves alone what moves within the warehouse', 0, { to_location: lyonStorage }],
    ['leaves alone other products', 0, { product: other['id'] }],
  ])('%s', async (_what, late, change) => {
    const levels = await readAll({ ...recordedTables(), 'stock.move': [planned(change)] }, ['WH-LYON'])
    const level = levels.find((one) => one.sku === sku)
    expect(Number(product['forecast_quantity']) - Number(level?.available)).toBe(late)
    expect(Number(level?.onHand) - Number(level?.reserved)).toBe(Number(level?.available))
  })

  it('reads more products than fit a page', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({
      ...product,
      id: index + 1,
      code: `SKU-${index + 1}`,
    }))
    const levels = await readAll({ ...recordedTables(), 'product.product@5': many }, ['WH-LYON'])
    expect(levels.map((level) => level.sku)).toEqual(many.map(({ code }) => code))
  })

  it.each<[string, Row[], number | undefined | null]>([
    [
      'by the newest write of its moves',
      [move(1, { write_date: moment(5) }), move(2, { write_date: moment(7) })],
      at(7),
    ],
    [
      'by the making of one that was never written',
      [move(1, { write_date: moment(5) }), move(2, { create_date: moment(9) })],
      at(9),
    ],
    [
      'by what comes in as by what goes out',
      [move(1, { from_location: 8, to_location: lyonStorage, write_date: moment(6) })],
      at(6),
    ],
    ['not by moves elsewhere', [move(1, { from_location: 9, write_date: moment(6) })], null],
    [
      'not by moves of other products',
      [move(1, { product: other['id'], write_date: moment(6) })],
      null,
    ],
    ['not at all where nothing ever moved', [], null],
  ])('dates a change %s', async (_name, moves, expected) => {
    expect(await changedAt(moves)).toBe(expected)
  })

  it('finds the last move of a product that stands still behind one that never does', async () => {
    const busy = Array.from({ length: 2500 }, (_, index) =>
      move(index + 10, { product: other['id'], write_date: moment(50) }),
    )
    expect(await changedAt([move(1, { write_date: moment(2) }), ...busy])).toBe(at(2))
  })
})
