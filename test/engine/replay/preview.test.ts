/** What a preview vouches for: the hash over all that decides what is sent, and the moment before which nothing is. */
import { describe, expect, it } from 'vitest'
import type { Intent } from '../../../src-main/domain/intent.ts'
import { minutes } from '../../../src-main/domain/time.ts'
import { previewHashOf } from '../../../src-main/engine/replay/preview.ts'
import { anIntent, anOrder } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { noAnswer } from './honest-erp.ts'
import { scenes } from './scene.ts'

const begin = scenes()
const intent = anIntent()
const order = anOrder()
const hash = previewHashOf(intent, order)

describe('the hash of a preview', () => {
  it.each([
    ['what is sent', { payload: '{"total":"1.00"}' }],
    ['under what name', { target: '1002' }],
    ['under what key', { key: 'medusa:order_1002' }],
    ['what is done', { action: 'invoice.create' as const }],
    ['where', { connection: 'other-erp' }],
  ])('changes with %s', (_what, other) => {
    expect(previewHashOf({ ...intent, ...other }, order)).not.toBe(hash)
  })

  it('changes with what it was made of', () => {
    expect(previewHashOf(intent, { ...order, currency: 'USD' })).not.toBe(hash)
    expect(previewHashOf(intent, { ...order, lines: [] })).not.toBe(hash)
  })

  it('does not depend on the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(order).toReversed()) as typeof order
    expect(previewHashOf(intent, turned)).toBe(hash)
  })
})

describe('after an earlier try of the same order', () => {
  it.each([
    ['that ended unclear and was given up', { state: 'expired' as const, reason: 'given up' }, minutes(2)],
    ['that was found and is not there any more', { state: 'verified' as const }, minutes(2)],
    ['of which nobody ever sent a byte', { state: 'stale' as const }, null],
    ['that was only looked at', { state: 'expired' as const }, null],
    ['that the ERP refused, with a proof of absence', { state: 'refused' as const }, null],
  ])('%s, a preview says from when it may be sent', async (_title, earlier, wait) => {
    const scene = await begin()
    const first = await scene.preview()
    const { store } = scene.engine
    const movedAt = scene.now()
    store.transaction((tx) => store.intents.add(tx, { ...first, id: 'earlier', reason: null, ...earlier, movedAt } as Intent))
    const previewed = await scene.engine.replays.preview(scene.incident, 'order.create')
    expect(previewed).toMatchObject({ kind: 'ready', notBefore: wait === null ? null : movedAt + wait })
  })
})

describe('a preview is refused in a sentence', () => {
  it.each([
    ['when the ERP’s door stays shut', 'door' as const, 'The ERP does not answer.'],
    ['when a side cannot be read', 'read' as const, 'Both sides must be read before anything is sent. The ERP does not answer.'],
  ])('%s', async (_when, what, says) => {
    const scene = await begin()
    if (what === 'door') scene.doorFault = noAnswer
    else scene.readFault = noAnswer
    expect(await scene.engine.replays.preview(scene.incident, 'order.create')).toMatchObject({ kind: 'refused', says })
    expect(scene.engine.store.intents.count()).toBe(0)
  })

  it('when the shop has two orders under the number', async () => {
    const scene = await begin()
    scene.order = anOrder({ id: 'order_twin' })
    const previewed = await scene.engine.replays.preview(scene.incident, 'order.create')
    // two orders of one number: the rule on missing ones is silent, as neither can be told from the other
    expect(previewed.kind).toBe('healed')
  })
})

describe('a preview', () => {
  it('lasts ten minutes, waits for a person, and is written down', async () => {
    const scene = await begin()
    const previewed = await scene.preview()
    expect(previewed).toMatchObject({
      state: 'previewed',
      guarantee: 'probe-then-create',
      target: '1001',
      key: 'scripted:order_1001',
      expiresAt: previewed.createdAt + minutes(10),
      amount: { minor: 2400, currency: 'EUR' },
    })
    expect(previewed.createdAt).toBeGreaterThan(monday)
  })
})
