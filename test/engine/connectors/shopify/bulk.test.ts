/** The first sync of a big shop: an export in a file elsewhere, read piece by piece, and pages where none can be had. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { groupsIn } from '../../../../src-main/engine/connectors/shopify/bulk.ts'
import { exportOf } from './platform.ts'
import {
  type OpenShop,
  askedOf,
  openShop,
  ordersIn,
  pagesOf,
  recordsIn,
  streamOf,
  value,
} from './read.ts'
import { aLine, anOrder, shopNow, someOrders } from './shop.ts'
import { shopifySchemaMissing } from '../../../support/shopify-schema.ts'

interface FileServer {
  readonly url: string
  readonly seen: { readonly range: string; readonly carried: readonly string[] }[]
}

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A bucket elsewhere: it knows ranges, and remembers what credentials it was shown. */
async function serve(text: string): Promise<FileServer> {
  const file = Buffer.from(text, 'utf8')
  const seen: { range: string; carried: string[] }[] = []
  const server = createServer((request, response) => {
    const carried = Object.keys(request.headers).filter((name) => /auth|token|cookie/i.test(name))
    seen.push({ range: String(request.headers.range), carried })
    const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(String(request.headers.range)) ?? []
    const end = Math.min(Number(to), file.length - 1)
    if (Number(from) >= file.length) return response.writeHead(416).end()
    response.writeHead(206, { 'content-range': `bytes ${from}-${end}/${file.length}` })
    return response.end(file.subarray(Number(from), end + 1))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/export.jsonl?Signature=sig-0123456789`, seen }
}

async function shopWith(given: Parameters<typeof openShop>[0]): Promise<OpenShop> {
  const shop = await openShop(given)
  closing.push(() => shop.platform.close())
  return shop
}

describe.skipIf(shopifySchemaMissing)('the first sync of a big shop', () => {
  it('brings from the export what pages would have brought', async () => {
    const orders = someOrders()
    const paged = await shopWith({ orders })
    const fromPages = recordsIn(
      'orders',
      (await pagesOf(paged, 'orders')).flatMap((page) => page.rows),
    )
    const file = await serve(exportOf(orders))
    const big = await shopWith({
      orders,
      counted: 10_000,
      exported: { url: file.url, status: 'COMPLETED', running: 3 },
    })
    const pages = await pagesOf(big, 'orders')
    const fromExport = recordsIn(
      'orders',
      pages.flatMap((page) => page.rows),
    )
    const byId = (left: { id: string; kind: string }, right: { id: string; kind: string }) =>
      `${left.kind} ${left.id}` < `${right.kind} ${right.id}` ? -1 : 1
    expect([...fromExport].sort(byId)).toEqual([...fromPages].sort(byId))
    expect(big.clock.slept.filter((span) => span === 10_000)).toHaveLength(3)
    expect(askedOf(big.platform).filter((name) => name === 'OrderBodies')).toEqual([])
    expect(pages.at(-1)?.resumeAt).toMatchObject({ kind: 'resume' })
  })

  it('shows no credential to where the file lies, and its address to no log', async () => {
    const file = await serve(exportOf(someOrders()))
    const big = await shopWith({
      counted: 10_000,
      exported: { url: file.url, status: 'COMPLETED', running: 0 },
    })
    await pagesOf(big, 'orders')
    expect(file.seen.map((one) => one.carried)).toEqual([[]])
    expect(JSON.stringify(big.log)).not.toContain('sig-0123456789')
  })

  it('goes on at the byte where it stood, with an order whose lines lie in two pieces', async () => {
    const wide = Array.from({ length: 220 }, (_, number) =>
      anOrder(2000 + number, {
        lineItems: Array.from({ length: 12 }, (_line, line) =>
          aLine(number * 100 + line, { name: 'Mug – ✓'.repeat(8) }),
        ),
      }),
    )
    const file = await serve(exportOf(wide))
    const big = await shopWith({
      orders: wide,
      counted: 10_000,
      exported: { url: file.url, status: 'COMPLETED', running: 0 },
    })
    const pages = await pagesOf(big, 'orders')
    expect(pages.length).toBeGreaterThan(2)
    const all = ordersIn(
      recordsIn(
        'orders',
        pages.flatMap((page) => page.rows),
      ),
    )
    expect(new Set(all.map((order) => order.number)).size).toBe(220)
    expect(all.every((order) => order.lines.length === 12)).toBe(true)
    const cursor: unknown = streamOf('orders').cursor.parse(
      JSON.parse(JSON.stringify(pages[1]?.next)),
    )
    const rest = ordersIn(
      recordsIn(
        'orders',
        (await pagesOf(big, 'orders', cursor)).flatMap((page) => page.rows),
      ),
    )
    const before = ordersIn(
      recordsIn(
        'orders',
        pages.slice(0, 2).flatMap((page) => page.rows),
      ),
    )
    expect(before.length + rest.length).toBe(220)
  })

  it('goes on from where the export began, not from what it met on the way', async () => {
    const late = anOrder(1900, { updatedAt: '2026-11-24T12:30:00Z' })
    const file = await serve(exportOf([late]))
    const big = await shopWith({
      counted: 10_000,
      exported: { url: file.url, status: 'COMPLETED', running: 0 },
    })
    const pages = await pagesOf(big, 'orders')
    expect(pages.at(-1)?.resumeAt).toMatchObject({ at: expect.closeTo(shopNow, -4) })
  })

  it.each(['FAILED', 'CANCELED', 'EXPIRED'])(
    'is read page by page after an export that ended %s',
    async (status) => {
      const big = await shopWith({
        counted: 10_000,
        exported: { url: 'http://127.0.0.1:1/', status, running: 1 },
      })
      const pages = await pagesOf(big, 'orders')
      expect(pages.flatMap((page) => page.rows)).toHaveLength(45)
    },
  )

  it('is read page by page where Shopify will not export', async () => {
    const big = await shopWith({ counted: 10_000 })
    expect((await pagesOf(big, 'orders')).flatMap((page) => page.rows)).toHaveLength(45)
    expect(askedOf(big.platform)).toContain('StartExport')
  })

  it('of a small shop asks for no export', async () => {
    const small = await shopWith({})
    await pagesOf(small, 'orders')
    expect(askedOf(small.platform)).not.toContain('StartExport')
  })
})

describe('the lines of an export', () => {
  const order = (id: number) => `{"id":"gid://shopify/Order/${id}"}\n`
  const child = (id: number) =>
    `{"__typename":"LineItem","__parentId":"gid://shopify/Order/${id}"}\n`

  it('leave an order for the next piece while more of it may follow', () => {
    const text = order(1) + child(1) + order(2) + child(2)
    const read = value(groupsIn(Buffer.from(text.slice(0, -5)), false))
    expect([read.groups.length, read.bytes]).toEqual([1, (order(1) + child(1)).length])
    expect(
      value(groupsIn(Buffer.from(text), true)).groups.map((group) => group.children.length),
    ).toEqual([1, 1])
  })

  it.each([
    ['a child without its parent above it', order(1) + child(2)],
    ['half a line at the end of the file', order(1) + child(1).slice(0, 10)],
  ])('are refused with %s', (_what, text) => {
    expect(groupsIn(Buffer.from(text), true)).toMatchObject({
      ok: false,
      fault: { class: 'unexpected-shape' },
    })
  })
})
