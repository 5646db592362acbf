import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../../../src-main/domain/fault.ts'
import type { Api } from '../../../../src-main/engine/connectors/definition.ts'
import { medusa } from '../../../../src-main/engine/connectors/medusa/index.ts'
import {
  type List,
  type OffsetCursor,
  type StampCursor,
  readChanged,
  readWhole,
} from '../../../../src-main/engine/connectors/medusa/paging.ts'
import { openTestApi } from '../../../support/api.ts'
import type { ScriptedPlatform } from '../../../support/platform.ts'
import { type Lists, type Row, recordedAt, replayMedusa, secretKey } from './platform.ts'

const orders: List = { path: 'admin/orders', key: 'orders', fields: 'id,updated_at', pageRows: 3 }
const items: List = {
  path: 'admin/inventory-items',
  key: 'inventory_items',
  fields: 'id',
  pageRows: 3,
}
const overlapMs = 300_000

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

async function apiOn(lists: Lists): Promise<Api> {
  await platform?.close()
  platform = await replayMedusa({ lists, rowsMax: 1_000_000 })
  const settings = { baseUrl: platform.url, orderNumber: 'display_id' }
  const connector = { ...medusa, limits: { ...medusa.limits, perMinute: 1_000_000 } }
  return openTestApi({ connector, settings, secrets: { apiKey: secretKey }, at: recordedAt }).api
}

function value<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.fault.class}: ${outcome.fault.detail}`)
}

const stamped = (id: string, at: number): Row => ({ id, updated_at: new Date(at).toISOString() })
const idsOf = (rows: readonly unknown[]): string[] => rows.map((row) => String(Object(row).id))

/** Reads to the end of a pass; `between` happens after each page. */
async function pass(
  api: Api,
  from: StampCursor | null,
  between: (page: number) => void = () => undefined,
) {
  const rows: unknown[] = []
  let cursor = from
  for (let page = 0; page < 200; page += 1) {
    const read = value(await readChanged(api, orders, cursor, null, overlapMs))
    rows.push(...read.rows)
    if (read.next === null) return { rows, resumeAt: read.resumeAt, pages: page + 1 }
    cursor = read.next
    between(page)
  }
  throw new Error('no last page')
}

describe('reading what changed', () => {
  it('loses no row of many with one and the same stamp', async () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      stamped(`order_${index}`, recordedAt - 60_000),
    )
    const api = await apiOn({ orders: rows })
    const read = await pass(api, null)
    expect(idsOf(read.rows).sort()).toEqual(idsOf(rows).sort())
    expect(read.resumeAt).toEqual({ kind: 'resume', at: recordedAt - 60_000 })
  })

  it('sees the last version of every row within two passes, whatever moves while it reads', async () => {
    const moves = array(record({ page: nat(6), row: nat(29) }), { maxLength: 12 })
    await assert(
      asyncProperty(
        array(nat(12), { minLength: 1, maxLength: 30 }),
        moves,
        constantFrom(1, 7, 400),
        async (stamps, moved, stepMs) => {
          const rows = stamps.map((stamp, index) =>
            stamped(`order_${index}`, recordedAt - 3_600_000 + stamp * stepMs),
          )
          const api = await apiOn({ orders: rows })
          let now = recordedAt
          platform?.setNow(() => now)
          const touch = (page: number): void => {
            now += 1500
            for (const move of moved.filter((one) => one.page === page)) {
              const index = move.row % rows.length
              rows[index] = stamped(`order_${index}`, now)
            }
          }
          const first = await pass(api, null, touch)
          // What moved after the last page is seen by the second pass only.
          touch(first.pages - 1)
          now += 60_000
          const second = await pass(api, first.resumeAt)
          const last = new Map(
            [...first.rows, ...second.rows].map((row) => [Object(row).id, Object(row).updated_at]),
          )
          expect(last).toEqual(new Map(rows.map((row) => [row['id'], row['updated_at']])))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('comes to an end in a shop whose orders never stop changing', async () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      stamped(`order_${index}`, recordedAt - 60_000 + index),
    )
    const api = await apiOn({ orders: rows })
    let now = recordedAt
    platform?.setNow(() => now)
    const read = await pass(api, null, (page) => {
      now += 5000
      for (const index of [0, 1, 2, 3])
        rows[(page * 3 + index) % 12] = stamped(`order_${(page * 3 + index) % 12}`, now)
    })
    expect(read.pages).toBeLessThanOrEqual(5)
  })

  it('begins the next pass behind the highest stamp that Medusa wrote, whatever our clock or its own says', async () => {
    const api = await apiOn({ orders: [stamped('order_1', recordedAt - 7_200_000)] })
    expect((await pass(api, null)).resumeAt).toEqual({ kind: 'resume', at: recordedAt - 7_200_000 })
    const later: StampCursor = { kind: 'resume', at: recordedAt - 3_600_000 }
    expect((await pass(api, later)).resumeAt).toEqual(later)
    expect(platform?.seen.at(-1)?.query.get('updated_at[$gte]')).toBe(
      new Date(recordedAt - 3_600_000 - overlapMs).toISOString(),
    )
  })

  it('has nowhere to go on from where there is nothing yet', async () => {
    const api = await apiOn({ orders: [] })
    expect(await pass(api, null)).toEqual({ rows: [], resumeAt: null, pages: 1 })
  })

  it('starts at since where that is given', async () => {
    const api = await apiOn({
      orders: [stamped('order_old', 1000), stamped('order_new', recordedAt)],
    })
    const page = value(await readChanged(api, orders, null, recordedAt - 1000, overlapMs))
    expect(idsOf(page.rows)).toEqual(['order_new'])
  })

  it.each([
    ['the filter by time', (rows: Row[]) => [stamped('order_0', 1000), ...rows]],
    ['the order', (rows: Row[]) => rows.toReversed()],
  ])('uses nothing of an answer that ignored %s', async (_, spoil) => {
    const rows = [stamped('order_1', recordedAt - 2000), stamped('order_2', recordedAt - 1000)]
    const api = await apiOn({ orders: rows })
    const spoilt = spoil(rows)
    platform?.misbehave({ json: { orders: spoilt, count: spoilt.length } })
    const outcome = await readChanged(
      api,
      orders,
      { kind: 'resume', at: recordedAt },
      null,
      overlapMs,
    )
    expect(outcome).toMatchObject({
      ok: false,
      fault: { class: 'unexpected-shape', says: expect.stringContaining('ignored') },
    })
  })

  it('does not go round for ever where a page brings nothing new', async () => {
    const rows = [stamped('order_1', recordedAt - 2000)]
    const api = await apiOn({ orders: rows })
    platform?.misbehave({ json: { orders: rows, count: 9 } })
    const cursor: StampCursor = {
      kind: 'page',
      at: recordedAt - 2000,
      seen: ['order_1'],
      until: recordedAt,
    }
    const outcome = await readChanged(api, orders, cursor, null, overlapMs)
    expect(outcome).toMatchObject({ ok: false, fault: { class: 'unexpected-shape' } })
  })
})

async function whole(api: Api, between: () => void = () => undefined): Promise<string[]> {
  const read: unknown[] = []
  let cursor: OffsetCursor | null = null
  do {
    const page: { rows: readonly unknown[]; next: OffsetCursor | null } = value(
      await readWhole(api, items, cursor),
    )
    read.push(...page.rows)
    cursor = page.next
    between()
  } while (cursor !== null)
  return idsOf(read)
}

describe('reading everything there is', () => {
  const rows = Array.from({ length: 11 }, (_, index) => ({
    id: `iitem_${String(index).padStart(2, '0')}`,
  }))

  it('brings each row once', async () => {
    expect(await whole(await apiOn({ inventory_items: rows }))).toEqual(idsOf(rows))
  })

  it('brings what is added meanwhile, too', async () => {
    const growing = [...rows]
    const api = await apiOn({ inventory_items: growing })
    const read = await whole(api, () => {
      if (growing.length === rows.length) growing.push({ id: 'iitem_99' })
    })
    expect(read).toEqual(idsOf(growing))
  })

  it('breaks off where a row is deleted meanwhile: what it jumped over would be called gone', async () => {
    const shrinking = [...rows]
    const api = await apiOn({ inventory_items: shrinking })
    await expect(whole(api, () => void shrinking.shift())).rejects.toThrow('temporary')
  })
})
