import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../../../src-main/domain/time.ts'
import { orders, products, shipments } from '../../../../src-main/engine/connectors/odoo/streams.ts'
import { type WalkCursor, overlapMs } from '../../../../src-main/engine/connectors/walk.ts'
import { type Connection, closeAll, connect, value } from './connection.ts'
import { calledIn } from './platform.ts'
import { type Row, at, order, orderLine, recordedAt, tablesOf } from './tables.ts'

afterEach(closeAll)

const day = recordedAt - 86_400_000
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

interface Given {
  readonly id: number
  readonly created: number
  readonly written?: number
  readonly lineWritten?: number
}

function orderAt({ created, id, written = created }: Given): Row {
  return order(17, id, { create_date: at(created), write_date: at(written) })
}

function lineAt({ created, id, lineWritten = created }: Given): Row {
  return orderLine(17, {
    id: id * 10,
    of: id,
    product: 5,
    more: { create_date: at(created), write_date: at(lineWritten) },
  })
}

async function world(given: readonly Given[]) {
  const sales = given.map(orderAt)
  const lines = given.map(lineAt)
  const connection = await connect({
    tables: { ...tablesOf(17), 'stock.move': [], 'sale.order': sales, 'sale.order.line': lines },
  })
  return { ...connection, sales, lines }
}

/** A whole pass; `meanwhile` is what people do in Odoo after each of its pages. */
async function pass(
  { api, settings }: Connection,
  from: WalkCursor | null,
  meanwhile: (page: number) => void = () => {},
) {
  const ids: number[] = []
  let cursor = from
  for (let pages = 1; ; pages += 1) {
    expect(pages).toBeLessThan(50)
    const page = value(await orders.read(api, cursor, { settings, since: null }))
    ids.push(...page.rows.map((row) => Number(Object(row).id)))
    const saved = (given: unknown) =>
      given === null ? null : orders.cursor.parse(JSON.parse(JSON.stringify(given)))
    cursor = saved(page.next)
    if (cursor === null) return { ids, pages, resumeAt: saved(page.resumeAt) }
    meanwhile(pages)
  }
}

const from = (instant: number): WalkCursor => ({ from: at(instant), page: null })

describe('reading what changed in Odoo', () => {
  it('reads every order once, over as many pages as it takes, though all of them carry one stamp', async () => {
    const { ids, pages } = await pass(
      await world(upTo(250).map((id) => ({ id, created: day }))),
      null,
    )
    expect({ ids, pages }).toEqual({ ids: upTo(250), pages: 3 })
  })

  it('goes on from the newest stamp of an order or a line, never from a clock', async () => {
    const here = await world([{ id: 1, created: day, lineWritten: day + minutes(1) }])
    const { resumeAt } = await pass(here, null)
    expect(resumeAt).toEqual(from(day + minutes(1)))
    expect((await pass(here, resumeAt)).resumeAt).toEqual(resumeAt)
  })

  it('sees an order of which only a line was changed', async () => {
    const old = day - minutes(60)
    const here = await world([
      { id: 1, created: old },
      { id: 2, created: old, written: day },
      { id: 3, created: old, lineWritten: day },
    ])
    expect((await pass(here, from(day))).ids).toEqual([2, 3])
  })

  it('meets an order that was committed late, behind a stamp that was read already', async () => {
    const here = await world([{ id: 17, created: day }])
    const { resumeAt } = await pass(here, null)
    here.sales.push(orderAt({ id: 16, created: day - overlapMs + seconds(1) }))
    expect((await pass(here, resumeAt)).ids).toContain(16)
  })

  it('reads nothing older than it was asked to', async () => {
    const { api, settings } = await world([
      { id: 1, created: day - overlapMs - 1000 },
      { id: 2, created: day },
    ])
    const page = value(await orders.read(api, null, { settings, since: day }))
    expect(page.rows.map((row) => Object(row).id)).toEqual(['2'])
  })

  it('leaves what is made during a pass to the next one, so that every pass ends', async () => {
    const here = await world(upTo(150).map((id) => ({ id, created: day })))
    const first = await pass(here, null, () => {
      for (const id of upTo(100))
        here.sales.push(orderAt({ id: 1000 + id, created: recordedAt + minutes(1) }))
    })
    expect(first.ids).toEqual(upTo(150))
    here.platform.setNow(() => recordedAt + minutes(2))
    expect((await pass(here, first.resumeAt)).ids.filter((id) => id > 1000)).toHaveLength(100)
  })

  it('loses no order however orders change while it reads, from one pass to the next', async () => {
    const changes = fc.array(
      fc.record({
        page: fc.integer({ min: 1, max: 3 }),
        id: fc.integer({ min: 1, max: 260 }),
        line: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 260 }), changes, async (count, moved) => {
        const here = await world(upTo(count).map((id) => ({ id, created: day + id * 1000 })))
        let clock = recordedAt
        const touched = new Set<number>()
        const first = await pass(here, null, (page) => {
          clock += seconds(20)
          here.platform.setNow(() => clock)
          for (const { id, line } of moved.filter((one) => one.page === page && one.id <= count)) {
            const given = { id, created: day + id * 1000 }
            if (line) here.lines[id - 1] = lineAt({ ...given, lineWritten: clock })
            else here.sales[id - 1] = orderAt({ ...given, written: clock })
            touched.add(id)
          }
        })
        expect(new Set(first.ids)).toEqual(new Set(upTo(count)))
        const second = await pass(here, first.resumeAt)
        expect([...touched].filter((id) => !second.ids.includes(id))).toEqual([])
        await closeAll()
      }),
      { numRuns: 6 },
    )
  })

  it('calls a cursor that Odoo’s clock has not reached a fault, but not one that is a moment ahead', async () => {
    const { api, settings } = await world([{ id: 1, created: day }])
    const read = (cursor: WalkCursor) => orders.read(api, cursor, { settings, since: null })
    expect(await read(from(recordedAt + minutes(10)))).toMatchObject({
      ok: false,
      fault: { class: 'validation', path: 'cursor' },
    })
    expect((await read(from(recordedAt + minutes(1)))).ok).toBe(true)
  })

  it('tells with a delivery which orders moved, as they do not move themselves', async () => {
    const { api, settings } = await connect()
    const page = value(await shipments.read(api, null, { settings, since: null }))
    expect(page.touched).toEqual([{ stream: 'orders', ids: ['1', '2'] }])
  })

  it('reads a product of which only the template was changed', async () => {
    const tables = tablesOf(17)
    const templates = (tables['product.template'] ?? []).map((row) =>
      row['id'] === 106 ? { ...row, write_date: at(day) } : row,
    )
    const { api, settings } = await connect({
      tables: { ...tables, 'product.template': templates },
    })
    const page = value(await products.read(api, from(day), { settings, since: null }))
    expect(page.rows.map((row) => Object(row).id)).toEqual(['6'])
    expect(page.resumeAt).toEqual(from(day))
  })

  it('asks for the tables of a page in a handful of calls', async () => {
    const here = await world(upTo(100).map((id) => ({ id, created: day })))
    await pass(here, null)
    const before = here.platform.seen.length
    await pass(here, from(day))
    const models = here.platform.seen.slice(before).map((request) => calledIn(request)?.model)
    expect(models).toEqual([
      'sale.order',
      'sale.order.line',
      'product.product',
      'account.tax',
      'res.partner',
      'res.users',
      'stock.move',
      // The page was full, so there might have been more.
      'sale.order',
    ])
  })
})
