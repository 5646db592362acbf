import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { minutes, seconds } from '../../../../src-main/domain/time.ts'
import { instantOf, stampOf } from '../../../../src-main/engine/connectors/tryton/classes.ts'
import type { ChangesCursor } from '../../../../src-main/engine/connectors/tryton/changes.ts'
import { overlapMs } from '../../../../src-main/engine/connectors/walk.ts'
import { tryton } from '../../../../src-main/engine/connectors/tryton/index.ts'
import { orders } from '../../../../src-main/engine/connectors/tryton/streams.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { type Row, password, recordedAt, recordedTables, replayTryton, user } from './platform.ts'
import { saleNamed } from './rows.ts'

const open: ScriptedPlatform[] = []
afterEach(async () => {
  for (const platform of open.splice(0)) {
    await platform.close()
    platform.assertExpected()
  }
})

/** A timestamp in Tryton's words. */
function at(instant: number): unknown {
  const [, year, month, day, hour, minute, second, microsecond] =
    /(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)\.(\d+)/.exec(stampOf(instant))?.map(Number) ?? []
  return { __class__: 'datetime', year, month, day, hour, minute, second, microsecond }
}

const template = saleNamed('SO-10002')
const [templateLine] = template['lines.'] as Row[]

interface Sale {
  readonly id: number
  readonly created: number
  readonly written?: number
  readonly lineWritten?: number
}

function saleAt({ created, id, lineWritten, written }: Sale): Row {
  const line = {
    ...templateLine,
    id,
    create_date: at(created),
    write_date: lineWritten === undefined ? null : at(lineWritten),
  }
  return {
    ...template,
    id,
    reference: `N-${id}`,
    create_date: at(created),
    write_date: written === undefined ? null : at(written),
    'lines.': [line],
  }
}

async function tryTon(sales: Row[]) {
  const platform = await replayTryton({ tables: { ...recordedTables(), 'sale.sale': sales } })
  open.push(platform)
  const settings = tryton.settings.parse({ baseUrl: `${platform.url}/tryton/`, user })
  const { api } = openTestApi({
    connector: tryton,
    settings,
    secrets: { password },
    at: recordedAt,
  })
  return { api, platform, settings }
}

type World = Awaited<ReturnType<typeof tryTon>>

/** One page: the ids that it brought, and where it goes on. */
async function readPage(
  { api, settings }: World,
  cursor: ChangesCursor | null,
  since: number | null = null,
) {
  const outcome = await orders.read(api, cursor, { settings, since })
  if (!outcome.ok)
    return { fault: [outcome.fault.class, outcome.fault.path], ids: [], next: null, resumeAt: null }
  const ids = outcome.value.rows.map((row) => Number(Object(row).id))
  const saved = (cursor_: unknown) => orders.cursor.parse(JSON.parse(JSON.stringify(cursor_)))
  const { next, resumeAt } = outcome.value
  return {
    fault: null,
    ids,
    next: next === null ? null : saved(next),
    resumeAt: resumeAt === null ? null : saved(resumeAt),
  }
}

/** A whole pass; `meanwhile` is what people do in Tryton after each of its pages. */
async function pass(
  world: World,
  cursor: ChangesCursor | null,
  meanwhile: (page: number) => void = () => {},
) {
  const ids: number[] = []
  let page = await readPage(world, cursor)
  for (let pages = 1; ; pages += 1) {
    expect(page.fault).toBeNull()
    ids.push(...page.ids)
    if (page.next === null) return { ids, pages, resumeAt: page.resumeAt }
    expect(pages).toBeLessThan(50)
    meanwhile(pages)
    page = await readPage(world, page.next)
  }
}

const day = recordedAt - 86_400_000
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

describe('reading what changed in Tryton', () => {
  it('reads every sale once, over as many pages as it takes', async () => {
    const world = await tryTon(upTo(250).map((id) => saleAt({ id, created: day + id })))
    const { ids, pages } = await pass(world, null)
    expect({ ids, pages }).toEqual({ ids: upTo(250), pages: 3 })
  })

  it('goes on from the newest stamp of the platform, never from a clock', async () => {
    const world = await tryTon([saleAt({ id: 1, created: day, written: day + minutes(1) })])
    const { resumeAt } = await pass(world, null)
    expect(resumeAt).toEqual({ from: stampOf(day + minutes(1)), page: null })
    expect((await pass(world, resumeAt)).resumeAt).toEqual(resumeAt)
  })

  it('sees a draft that was never written, and a change of a line alone', async () => {
    const old = day - minutes(60)
    const sales = [
      saleAt({ id: 1, created: old, written: old }),
      saleAt({ id: 2, created: day }),
      saleAt({ id: 3, created: old, written: old, lineWritten: day }),
      saleAt({ id: 4, created: old, written: day }),
    ]
    const world = await tryTon(sales)
    expect((await pass(world, { from: stampOf(day), page: null })).ids).toEqual([2, 3, 4])
  })

  it('meets a row that was committed late, behind a stamp that was read already', async () => {
    const sales = [saleAt({ id: 17, created: day })]
    const world = await tryTon(sales)
    const { resumeAt } = await pass(world, null)
    sales.push(saleAt({ id: 16, created: day - seconds(1) }))
    expect((await pass(world, resumeAt)).ids).toContain(16)
  })

  it('reads nothing older than it was asked to', async () => {
    const sales = [saleAt({ id: 1, created: day - overlapMs - 1 }), saleAt({ id: 2, created: day })]
    const world = await tryTon(sales)
    expect((await readPage(world, null, day)).ids).toEqual([2])
  })

  it('leaves what is made during a pass to the next one, so that every pass ends', async () => {
    const sales = upTo(150).map((id) => saleAt({ id, created: day }))
    const world = await tryTon(sales)
    const first = await pass(world, null, () => {
      for (const id of upTo(100))
        sales.push(saleAt({ id: 1000 + id, created: recordedAt + minutes(1) }))
    })
    expect(first.ids).toEqual(upTo(150))
    world.platform.setNow(() => recordedAt + minutes(2))
    expect((await pass(world, first.resumeAt)).ids.filter((id) => id > 1000)).toHaveLength(100)
  })

  it('loses no row however rows change while it reads, from one pass to the next', async () => {
    const changes = fc.array(
      fc.record({ page: fc.integer({ min: 1, max: 3 }), id: fc.integer({ min: 1, max: 320 }) }),
      { maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 320 }), changes, async (count, moved) => {
        const sales = upTo(count).map((id) => saleAt({ id, created: day + id }))
        const world = await tryTon(sales)
        let clock = recordedAt
        const touched = new Set<number>()
        const first = await pass(world, null, (page) => {
          clock += seconds(20)
          world.platform.setNow(() => clock)
          for (const change of moved.filter((one) => one.page === page && one.id <= count)) {
            sales[change.id - 1] = saleAt({
              id: change.id,
              created: day + change.id,
              written: clock,
            })
            touched.add(change.id)
          }
        })
        expect(new Set(first.ids)).toEqual(new Set(upTo(count)))
        expect(instantOf(first.resumeAt?.from ?? '')).toBeLessThanOrEqual(recordedAt)
        const second = await pass(world, first.resumeAt)
        expect([...touched].filter((id) => !second.ids.includes(id))).toEqual([])
        for (const platform of open.splice(0)) await platform.close()
      }),
      { numRuns: 12 },
    )
  })

  it('calls a cursor that Tryton’s clock has not reached a fault, but not one that is a moment ahead', async () => {
    const world = await tryTon([saleAt({ id: 1, created: day })])
    const from = (instant: number): ChangesCursor => ({ from: stampOf(instant), page: null })
    expect((await readPage(world, from(recordedAt + minutes(10)))).fault).toEqual([
      'validation',
      'cursor',
    ])
    expect((await readPage(world, from(recordedAt + minutes(1)))).fault).toBeNull()
  })

  it('keeps microseconds, so that a stamp is the same stamp when it comes back', () => {
    expect(
      orders.cursor.safeParse({ from: '2026-11-23 09:30:43.845169', page: null }).success,
    ).toBe(true)
    expect(orders.cursor.safeParse({ from: '2026-11-23T09:30:43.845Z', page: null }).success).toBe(
      false,
    )
  })

  it('asks with both stamps and names no user where it may not read users', async () => {
    const platform = await replayTryton({
      answer: (method, params) =>
        method === 'model.res.user.search_read'
          ? {
              json: {
                id: 1,
                error: ['UserError', ['You are not allowed to access "User".', '', null]],
              },
            }
          : method === 'model.sale.sale.fields_get' && JSON.stringify(params[0]) === '["web_id"]'
            ? { json: { id: 1, result: { web_id: {} } } }
            : null,
    })
    open.push(platform)
    const settings = tryton.settings.parse({ baseUrl: `${platform.url}/tryton/`, user })
    const { api } = openTestApi({
      connector: tryton,
      settings,
      secrets: { password },
      at: recordedAt,
    })
    await orders.read(api, null, { settings, since: day })
    const body = JSON.stringify(platform.seen.at(-1)?.body)
    expect(body).not.toContain('_uid.login')
    expect(body).toContain('"web_id"')
    expect(body).toMatch(/"write_date",">=".*"create_date",">="/)
  })
})
