/** What a person's word does and does not do: only what was seen is sent, once, and not before its time. */
import { describe, expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import { minutes, seconds } from '../../../src-main/domain/time.ts'
import { aFinding, anOrder } from '../../support/builders.ts'
import { settle } from '../../support/clock.ts'
import { noAnswer } from './honest-erp.ts'
import { confirmOnly, ended, paidOrder, scenes } from './scene.ts'

const begin = scenes()

describe('what a person may confirm', () => {
  it('is nothing but what they saw', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    const answer = await scene.engine.replays.confirm(intent.id, 'f'.repeat(64), 'Because')
    expect(answer).toEqual({ kind: 'refused', says: 'What you saw is not what would be sent. Look at the preview once more.', guide: [] })
    expect(scene.intent(intent.id).state).toBe('previewed')
  })

  it('is not what has changed in the shop since, and the preview ends', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.order = anOrder({ ...paidOrder, totals: { ...paidOrder.totals, total: '36.00' } })
    expect(await confirmOnly(scene, intent)).toBe('The order is not the one that you saw any more. Look at the preview once more.')
    expect(scene.intent(intent.id).state).toBe('stale')
  })

  it('may be touched by others in what does not matter', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.order = { ...paidOrder, changedAt: scene.now(), changedBy: 'somebody', version: '7', fulfilment: { ...paidOrder.fulfilment, tracking: ['T1'] } }
    expect(await confirmOnly(scene, intent)).toBe('confirmed')
  })

  it('is not what was cancelled in the shop since', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.order = { ...paidOrder, cancelledAt: scene.now() }
    expect(await confirmOnly(scene, intent)).toBe('Both sides were just read: there is nothing left to repair.')
    expect(scene.erp.sent).toEqual([])
  })

  it('is not what was changed on disk behind the preview', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    const forged = { ...intent, id: 'forged', payload: '{"reference":"1001","total":"1.00"}' }
    scene.engine.store.transaction((tx) => scene.engine.store.intents.add(tx, forged))
    expect(await confirmOnly(scene, forged)).toBe('The order is not the one that you saw any more. Look at the preview once more.')
  })

  it.each([
    ['is too old after ten minutes', minutes(10)],
    ['is of unknown age once the clock was set back behind it', -seconds(1)],
  ])('%s', async (_title, by) => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.setClock(by)
    expect(await confirmOnly(scene, intent)).toBe('The preview is too old. Make a new one: both sides may have moved.')
    expect(scene.intent(intent.id).state).toBe('expired')
  })

  it('expires by itself', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    await scene.advance(minutes(10))
    await scene.engine.replays.watch()
    expect(scene.intent(intent.id).state).toBe('expired')
    expect(scene.incidentState()).toBe('open')
  })

  it('is nothing while its repair is switched off', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.switchedOn = false
    expect(await confirmOnly(scene, intent)).toBe(
      'This repair is switched off. Switch it on in the settings; until then nothing is written.',
    )
    expect(scene.intent(intent.id).state).toBe('previewed')
  })

  it('is not sent when its repair is switched off at the last moment', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    expect(await confirmOnly(scene, intent)).toBe('confirmed')
    scene.switchedOn = false
    await settle()
    expect(scene.intent(intent.id)).toMatchObject({ state: 'stale', says: 'Nothing was sent: the repair was switched off meanwhile.' })
    expect(scene.erp.sent).toEqual([])
  })

  it('is not sent while a side cannot be read', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.readFault = noAnswer
    expect(await confirmOnly(scene, intent)).toBe('Both sides must be read before anything is sent. The ERP does not answer.')
    expect(scene.intent(intent.id).state).toBe('previewed')
    expect(await scene.engine.replays.preview(scene.incident, 'order.create')).toMatchObject({ kind: 'refused' })
  })

  it('is not sent when the ERP cannot be searched first', async () => {
    const scene = await begin()
    scene.erp.searches.push(noAnswer)
    const intent = await scene.send()
    expect(scene.intent(intent.id).says).toBe('Nothing was sent: the ERP could not be asked first. The ERP does not answer.')
  })

  it('fits the incident: what may be there already under another name is not offered to be made', async () => {
    const scene = await begin()
    const { store, replays } = scene.engine
    const finding = aFinding({ rule: 'F02-suspect-match' })
    const suspect = store.transaction((tx) =>
      store.incidents.apply(tx, 'pair', finding, { id: 'suspect', market: null, dueAt: null, parent: null, at: scene.now() }),
    )
    const no = { kind: 'refused', says: 'This is no repair of this incident: what it would write may be there already.', guide: [] }
    expect(await replays.preview(suspect.id, 'order.create')).toEqual(no)
    expect(await replays.preview(scene.incident, 'invoice.create')).toEqual(no)
    expect(await replays.preview('nobody', 'order.create')).toEqual({ ...no, says: 'This incident is not there any more.' })
  })
})

describe('two at once', () => {
  it('sends once for two clicks on one preview', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    const answers = await Promise.all([confirmOnly(scene, intent), confirmOnly(scene, intent)])
    await settle()
    expect(answers.toSorted()).toEqual(['This replay is confirmed; it cannot be confirmed.', 'confirmed'])
    expect(scene.erp.sent).toHaveLength(1)
  })

  it('sends once for two previews of one order', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'hangs', written: false })
    const [first, second] = [await scene.preview(), await scene.preview()]
    const answers = await Promise.all([confirmOnly(scene, first), confirmOnly(scene, second)])
    expect(answers.toSorted()).toEqual(['Another replay of this order is already on its way. Nothing was sent twice.', 'confirmed'])
    expect(await scene.engine.replays.preview(scene.incident, 'order.create')).toMatchObject({
      says: expect.stringMatching(/already on its way/),
    })
    expect(scene.erp.sent).toHaveLength(1)
  })

  it.each([
    ['by its key, when its reference is written otherwise', { target: 'WEB-1001' }],
    ['by its reference, when its key is another', { key: 'medusa:another' }],
  ])('knows the order again %s', async (_how, otherwise) => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'hangs', written: false })
    const sending = await scene.send()
    const { store } = scene.engine
    const other = { ...sending, ...otherwise, id: 'other', state: 'previewed' as const }
    store.transaction((tx) => store.intents.add(tx, other))
    const moved = store.transaction((tx) => store.intents.move(tx, 'other', { from: 'previewed', to: 'confirmed', says: '', at: scene.now() }))
    expect(moved).toBe(false)
  })

  it('sends once for two engines on one file, and the one that comes second makes nothing undone', async () => {
    const scene = await begin({ onDisk: true })
    const intent = await scene.preview()
    const second = scene.another()
    const both = await Promise.all(
      [scene.engine, second].map((engine) => engine.replays.confirm(intent.id, intent.previewHash, 'Because')),
    )
    await settle()
    expect(both.filter((answer) => !('kind' in answer))).toHaveLength(1)
    expect(scene.erp.sent).toHaveLength(1)
  })

  it('does not send what another engine’s start has called off', async () => {
    const scene = await begin({ onDisk: true })
    const second = scene.another()
    scene.erp.onSearch = () => second.replays.recover()
    const intent = await scene.send()
    expect(scene.intent(intent.id).state).toBe('stale')
    expect(scene.erp.sent).toEqual([])
  })

  it('leaves what is under way alone when it is told to recover while it runs', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'hangs', written: false })
    const intent = await scene.send()
    scene.engine.replays.recover()
    await scene.advance(minutes(10))
    expect(scene.intent(intent.id).state).toBe('sending')
  })
})

describe('giving up', () => {
  it('frees the place of an unclear one, and waits until an earlier try could no longer show up', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'never' })
    scene.erp.searches.push(null, fault('permission', 'Not allowed.'), ...Array.from({ length: 40 }, () => fault('permission', 'Not allowed.')))
    const first = await scene.send()
    await ended(scene, first)
    scene.erp.searches.length = 0
    expect(scene.intent(first.id).state).toBe('unclear')
    expect(scene.engine.replays.abandon(first.id, 'Looked it up by hand')).toMatchObject({ state: 'expired' })
    const second = await scene.preview()
    expect(await confirmOnly(scene, second)).toBe('An earlier try may still show up. Wait 120 seconds and confirm again.')
    await scene.advance(minutes(2))
    expect(await confirmOnly(scene, second)).toBe('confirmed')
  })

  it('is not offered for what is on its way, over, or only previewed', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    expect(scene.engine.replays.abandon(intent.id, 'No')).toEqual({ kind: 'refused', says: 'This replay is previewed; it cannot be given up.', guide: [] })
    await confirmOnly(scene, intent)
    await settle()
    expect(scene.engine.replays.abandon(intent.id, 'No')).toEqual({ kind: 'refused', says: 'This replay is verified; it cannot be given up.', guide: [] })
    expect(await scene.engine.replays.verifyAgain(intent.id)).toEqual({ kind: 'refused', says: 'This replay is verified; there is nothing to look for.', guide: [] })
  })
})
