/** A repair is made of what both sides hold now: an order as it was bought, or a stock figure that is worked out anew. */
import { describe, expect, it } from 'vitest'
import { type Outcome, failed, fault, ok } from '../../../src-main/domain/fault.ts'
import { minutes } from '../../../src-main/domain/time.ts'
import type { Subject } from '../../../src-main/domain/incident.ts'
import type { ActionId } from '../../../src-main/domain/intent.ts'
import type { ErpOrder, Invoice } from '../../../src-main/domain/records.ts'
import type { ActionDefinition, AnyAction, InvoiceCreateInput, StatusPushInput } from '../../../src-main/engine/connectors/definition.ts'
import type { ExpectedStock, ReplayParts } from '../../../src-main/engine/replay/parts.ts'
import { reconciler } from '../../../src-main/engine/reconcile/reconciler.ts'
import { replays } from '../../../src-main/engine/replay/replays.ts'
import type { Store } from '../../../src-main/engine/store/store.ts'
import { openTestApi } from '../../support/api.ts'
import { aFinding, aPair, aShipment, anErpOrder, anInvoice, anOrder } from '../../support/builders.ts'
import { fakeClock, monday, settle } from '../../support/clock.ts'
import { scriptConnector } from '../../support/scripted-connector.ts'
import { aStore, keep } from '../../support/store.ts'
import { scenes } from './scene.ts'

const begin = scenes()

describe('what an order is made anew of', () => {
  it('is what the customer bought: who touched the row since, and how far the parcel is, decide nothing', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.order = { ...scene.order, version: '9', changedAt: 1, changedBy: 'x', trace: 't', fulfilment: { state: 'shipped', shippedAt: 1, tracking: ['T'] } }
    expect(await scene.engine.replays.confirm(intent.id, intent.previewHash, 'The customer waits.')).toMatchObject({ state: 'confirmed' })
  })
})

/** A shop that holds one figure, sets it only from the one it is told, and remembers by which keys. */
function aShelf(shown: number) {
  const shelf = { shown, keys: [] as string[] }
  const action: ActionDefinition<unknown, 'stock.set'> = {
    id: 'stock.set',
    guarantee: 'native-key',
    visibilityLagMs: minutes(1),
    priceOfBeingWrong: 'The shop would offer what there is not.',
    preview: async (_api, input) => ok({ kind: 'ready', payload: { from: shelf.shown, to: input.quantity }, facts: [], warnings: [] }),
    async send(_api, payload, key): Promise<Outcome<{ readonly targetId: string | null }>> {
      const { from, to } = payload as { from: number; to: number }
      if (shelf.shown !== from) return failed(fault('validation', 'The figure moved.'))
      shelf.shown = to
      shelf.keys.push(key)
      return ok({ targetId: 'level-1' })
    },
    async verify(_api, payload) {
      const { from, to } = payload as { from: number; to: number }
      if (shelf.shown === from) return ok({ found: [] })
      return ok({ found: [{ id: 'level-1', number: null, matches: shelf.shown === to, says: `It shows ${shelf.shown}.` }] })
    },
  }
  return { shelf, action }
}

function aStockScene(given: { readonly shown?: number; readonly expected?: number } = {}) {
  const { shelf, action } = aShelf(given.shown ?? 9)
  const expected: { now: ExpectedStock | null } = { now: { sku: 'MUG', location: 'Lyon', quantity: given.expected ?? 4, shown: '9' } }
  const store = aStore({ pairs: [aPair()] })
  return { ...aRoom({ store, action, repair: 'stock.set', subject: { kind: 'sku', connection: 'shop', key: 'MUG@Lyon' }, expected }), shelf, store, expected }
}

interface RoomGiven {
  readonly store: Store
  readonly action: AnyAction<unknown>
  readonly repair: ActionId
  readonly subject: Subject
  readonly expected?: { readonly now: ExpectedStock | null }
}

/** The replay room over one open incident and a platform that can do one thing. */
function aRoom({ store, action, repair, subject, expected }: RoomGiven) {
  const { id } = store.transaction((tx) =>
    store.incidents.apply(tx, 'pair', aFinding({ rule: 'F99-anything', subject }), { id: 'wrong', market: null, dueAt: null, parent: null, at: monday }),
  )
  const connector = { ...scriptConnector({ id: 'platform', streams: [], now: () => monday }).connector, actions: [action] }
  const opened: string[] = []
  let ids = 0
  const parts: ReplayParts = {
    store,
    clock: fakeClock(monday),
    chance: { fraction: () => 0.5, id: () => `id-${(ids += 1)}` },
    signal: new AbortController().signal,
    open: async (connection) => {
      opened.push(connection)
      return ok({ api: openTestApi({ connector, settings: {}, secrets: {}, at: monday }).api, connector, settings: {} })
    },
    readLive: async () => ok(null),
    expectedStock: () => expected?.now ?? null,
    stillSpeaks: (incident) => incident.state !== 'resolved',
    repairOf: () => repair,
    switchedOn: () => true,
    who: () => 'you',
    changed: () => undefined,
    failed: (error) => {
      throw error
    },
  }
  return { opened, room: replays(parts), incident: id }
}

/** An ERP that bills an order when it is told to, and a store in which one order stands on both sides. */
async function aBillScene(erpOrders: readonly ErpOrder[], invoices: readonly Invoice[] = []) {
  const asked: InvoiceCreateInput[] = []
  const made: string[] = []
  const action: ActionDefinition<unknown, 'invoice.create'> = {
    id: 'invoice.create',
    guarantee: 'probe-then-create',
    visibilityLagMs: minutes(1),
    priceOfBeingWrong: 'Two drafts.',
    async preview(_api, input) {
      asked.push(input)
      return ok({ kind: 'ready', payload: { order: input.order.id }, facts: [], warnings: [] })
    },
    async send() {
      made.push('inv-new')
      return ok({ targetId: 'inv-new' })
    },
    verify: async () => ok({ found: made.map((id) => ({ id, number: null, matches: true, says: 'A draft.' })) }),
  }
  const store = aStore({ pairs: [aPair()] })
  keep(store, 'erp', 'invoices', invoices, monday)
  await matched(store, erpOrders)
  return { ...aRoom({ store, action, repair: 'invoice.create', subject: { kind: 'order', connection: 'shop', key: '1001' } }), asked, made, store }
}

/** One order in the shop, and what names it in the ERP. */
async function matched(store: Store, erpOrders: readonly ErpOrder[]): Promise<void> {
  keep(store, 'shop', 'orders', [anOrder()], monday)
  keep(store, 'erp', 'orders', erpOrders, monday)
  // matching notes which order each document names
  const lookUp = async (_connection: string, _by: string, keys: readonly string[]) => ok({ found: keys.length, complete: true })
  await reconciler({ store, clock: fakeClock(monday), chance: { fraction: () => 0.5, id: () => 'found' }, lookUp, onChange: () => undefined }).run()
}

/** A shop that marks as sent what it is told of, and two parcels that left the ERP. */
async function aParcelScene() {
  const made: string[] = []
  const action: ActionDefinition<unknown, 'status.push'> = {
    id: 'status.push',
    guarantee: 'probe-then-create',
    visibilityLagMs: minutes(1),
    priceOfBeingWrong: 'More is shown as sent than was.',
    preview: async (_api, { parcel }: StatusPushInput) => ok({ kind: 'ready', payload: { parcel: parcel.name }, facts: [], warnings: [] }),
    async send(_api, payload) {
      made.push((payload as { parcel: string }).parcel)
      return ok({ targetId: `told-${made.length}` })
    },
    verify: async (_api, payload) =>
      ok({ found: made.flatMap((name, nth) => (name === (payload as { parcel: string }).parcel ? [{ id: `told-${nth + 1}`, number: null, matches: true, says: 'Sent.' }] : [])) }),
  }
  const store = aStore({ pairs: [aPair()] })
  await matched(store, [anErpOrder()])
  const half = (id: string) => aShipment({ id, number: id.toUpperCase(), lines: [{ sku: 'MUG', quantity: '1', orderId: null }] })
  keep(store, 'erp', 'shipments', [half('out-1'), half('out-2')], monday)
  const tell = () => keep(store, 'shop', 'fulfilments', [{ ...half('f-1'), number: null, orderIds: ['order_1001'] }], monday)
  return { ...aRoom({ store, action, repair: 'status.push', subject: { kind: 'order', connection: 'shop', key: '1001' } }), made, store, tell }
}

describe('a parcel', () => {
  it('is told to the shop one at a time, each under a key of its own', async () => {
    const { room, incident, made, opened, store, tell } = await aParcelScene()
    const first = await room.preview(incident, 'status.push')
    if (first.kind !== 'ready') throw new Error(first.says)
    expect(first.intent).toMatchObject({ target: 'parcel OUT-1 of 1001', key: expect.stringMatching(/:parcel:out-1$/) })
    await room.confirm(first.intent.id, first.intent.previewHash, 'It has left.')
    await settle()
    expect([made, [...new Set(opened)], store.intents.get(first.intent.id)?.state]).toEqual([['OUT-1'], ['shop'], 'verified'])
    tell()
    const second = await room.preview(incident, 'status.push')
    expect(second).toMatchObject({ kind: 'ready', intent: { target: 'parcel OUT-2 of 1001', key: expect.stringMatching(/:parcel:out-2$/) } })
  })

  it('is not taken for told twice where a second one is just like it', async () => {
    const { room, incident, made, store } = await aParcelScene()
    const previewed = await room.preview(incident, 'status.push')
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    await room.confirm(previewed.intent.id, previewed.intent.previewHash, 'It has left.')
    await settle()
    made.push('OUT-1')
    expect([await room.watch(), store.intents.get(previewed.intent.id)?.state]).toEqual([[], 'verified'])
  })

  it('is not told from a preview that the integration has overtaken', async () => {
    const { room, incident, made, tell } = await aParcelScene()
    const previewed = await room.preview(incident, 'status.push')
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    tell()
    const answer = await room.confirm(previewed.intent.id, previewed.intent.previewHash, 'It has left.')
    expect(answer).toMatchObject({ kind: 'refused', says: 'The parcel is not the one that you saw any more. Look at the preview once more.' })
    expect(made).toEqual([])
  })
})

describe('an invoice', () => {
  it('is drawn up of the one order that stands in the ERP, under a key that the next one does not have', async () => {
    const { room, incident, asked, made, opened, store } = await aBillScene([anErpOrder()])
    const previewed = await room.preview(incident, 'invoice.create')
    if (previewed.kind !== 'ready') throw new Error('not ready')
    expect([asked.map((one) => [one.order.id, one.number]), previewed.intent.target]).toEqual([[['so-1001', '1001']], 'invoice of SO1001'])
    await room.confirm(previewed.intent.id, previewed.intent.previewHash, 'It was sent.')
    await settle()
    expect([made, [...new Set(opened)], store.intents.get(previewed.intent.id)?.state]).toEqual([['inv-new'], ['erp'], 'verified'])
    const after = await aBillScene([anErpOrder()], [anInvoice()])
    const next = await after.room.preview(after.incident, 'invoice.create')
    expect(next.kind === 'ready' && next.intent.key).toBe(`${previewed.intent.key}:inv-1001`)
  })

  it('is not sent from a preview that another invoice has overtaken', async () => {
    const { room, incident, made, store } = await aBillScene([anErpOrder()])
    const previewed = await room.preview(incident, 'invoice.create')
    if (previewed.kind !== 'ready') throw new Error('not ready')
    keep(store, 'erp', 'invoices', [anInvoice()], monday)
    const answer = await room.confirm(previewed.intent.id, previewed.intent.previewHash, 'It was sent.')
    expect(answer).toMatchObject({ kind: 'refused', says: 'What is to be billed is not the one that you saw any more. Look at the preview once more.' })
    expect(made).toEqual([])
  })

  it.each([
    ['stands twice', [anErpOrder(), anErpOrder({ id: 'so-b', number: 'SOB' })]],
    ['is cancelled', [anErpOrder({ state: 'cancelled' as const })]],
  ])('is not offered where the order %s', async (_what, orders) => {
    const { room, incident } = await aBillScene(orders)
    expect(await room.preview(incident, 'invoice.create')).toMatchObject({ kind: 'refused', says: expect.stringContaining('does not stand exactly once') })
  })
})

describe('a stock figure', () => {
  it('is set in the shop to what was worked out, with a key that no other preview has', async () => {
    const { room, incident, shelf, opened, store } = aStockScene()
    const first = await room.preview(incident, 'stock.set')
    const second = await room.preview(incident, 'stock.set')
    if (first.kind !== 'ready' || second.kind !== 'ready') throw new Error('not ready')
    expect(first.intent.key).not.toBe(second.intent.key)
    await room.confirm(second.intent.id, second.intent.previewHash, 'We oversell.')
    await settle()
    expect([shelf.shown, shelf.keys, [...new Set(opened)]]).toEqual([4, [second.intent.key], ['shop']])
    expect(store.intents.get(second.intent.id)).toMatchObject({ state: 'verified', target: 'MUG@Lyon', says: 'Found in the shop: It shows 4.' })
  })

  it('is not set from an old preview once another one is due', async () => {
    const { room, incident, shelf, expected, store } = aStockScene()
    const previewed = await room.preview(incident, 'stock.set')
    if (previewed.kind !== 'ready') throw new Error('not ready')
    expected.now = { sku: 'MUG', location: 'Lyon', quantity: 3, shown: '9' }
    const answer = await room.confirm(previewed.intent.id, previewed.intent.previewHash, 'We oversell.')
    expect(answer).toMatchObject({ kind: 'refused', says: 'The figure is not the one that you saw any more. Look at the preview once more.' })
    expect([shelf.shown, store.intents.get(previewed.intent.id)?.state]).toEqual([9, 'stale'])
  })

  it('that moved in the shop since is left as it is', async () => {
    const { room, incident, shelf, store } = aStockScene()
    const previewed = await room.preview(incident, 'stock.set')
    if (previewed.kind !== 'ready') throw new Error('not ready')
    shelf.shown = 8
    await room.confirm(previewed.intent.id, previewed.intent.previewHash, 'We oversell.')
    await settle()
    expect([shelf.shown, shelf.keys, store.intents.get(previewed.intent.id)?.state]).toEqual([8, [], 'stale'])
  })

  it('that cannot be worked out is not set at all', async () => {
    const { room, incident, expected } = aStockScene()
    expected.now = null
    expect(await room.preview(incident, 'stock.set')).toMatchObject({ kind: 'refused', says: expect.stringContaining('could not be computed') })
  })
})
