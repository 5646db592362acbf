/** The replay's walk (DESIGN §9) over a real store: from a click to a proof, whatever the ERP and the network answer. */
import { describe, expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { settle } from '../../support/clock.ts'
import { noAnswer } from '../replay/honest-erp.ts'
import { confirmOnly, ended, scenes, trailOf } from '../replay/scene.ts'

const begin = scenes()

describe('a replay that goes well', () => {
  it('goes from preview to proof, each move written down by whom, and leaves the incident to the evidence', async () => {
    const scene = await begin()
    const intent = await scene.send('Ann called')
    expect(scene.intent(intent.id)).toMatchObject({ state: 'verified', targetId: 'so-1', reason: 'Ann called' })
    expect(trailOf(scene, intent)).toEqual(['previewed', 'confirmed', 'sending', 'verified'])
    expect(scene.incidentState()).toBe('repairing')
    await scene.poll()
    expect(scene.incidentState()).toBe('resolved')
    expect(scene.erp.sent).toHaveLength(1)
  })

  it('is proven at once where the ERP names what it made, though it shows it late', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'made', lateMs: seconds(20) })
    const intent = await scene.send()
    expect(scene.intent(intent.id).state).toBe('sending')
    await scene.advance(seconds(40))
    expect(scene.intent(intent.id).state).toBe('verified')
  })

  it('has `sending` and its audit entry on disk before the first byte leaves', async () => {
    const scene = await begin({ onDisk: true })
    const seen: unknown[] = []
    scene.erp.onSend = (key) => {
      seen.push(...scene.onDisk<{ state: string }>(`SELECT state, key = '${key}' AS mine FROM intent`))
      seen.push(...scene.onDisk(`SELECT what FROM audit ORDER BY seq DESC LIMIT 1`))
    }
    await scene.send()
    expect(seen).toEqual([{ state: 'sending', mine: 1 }, { what: 'replay sending' }])
  })

  it('sends exactly what the preview showed', async () => {
    const scene = await begin()
    const previewed = await scene.engine.replays.preview(scene.incident, 'order.create')
    if (previewed.kind !== 'ready') throw new Error(previewed.says)
    await confirmOnly(scene, previewed.intent)
    await settle()
    expect(scene.erp.sent.map((one) => one.payload)).toEqual([JSON.parse(previewed.payload)])
  })
})

describe('a reply that is lost, or none', () => {
  it('finds what was written all the same, once the ERP can no longer hide a second one', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'lost', lateMs: seconds(90) })
    const intent = await scene.send()
    await scene.advance(minutes(1))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect(await ended(scene, intent)).toMatchObject({ state: 'verified', targetId: 'so-1' })
    expect(scene.erp.madeByUs('1001')).toBe(1)
  })

  it('finds out that nothing was written, and sends it again only on a person’s word', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'never' })
    const intent = await scene.send()
    await scene.advance(seconds(119))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe('absent')
    expect(scene.incidentState()).toBe('open')
    await scene.advance(hours(24))
    expect(scene.erp.sent).toHaveLength(1)

    expect(await confirmOnly(scene, intent)).toBe('confirmed')
    await settle()
    expect(scene.intent(intent.id).state).toBe('verified')
    expect(scene.erp.sent.map((one) => one.key)).toEqual([intent.key, intent.key])
    expect(trailOf(scene, intent)).toEqual(['previewed', 'confirmed', 'sending', 'absent', 'confirmed', 'sending', 'verified'])
  })

  it('gives the place of an absent one to a new preview of the same order, under the same key', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'never' })
    const first = await scene.send()
    await ended(scene, first)
    const second = await scene.send()
    expect([scene.intent(first.id).state, scene.intent(second.id).state]).toEqual(['expired', 'verified'])
    expect(second.key).toBe(first.key)
    expect(scene.erp.madeByUs('1001')).toBe(1)
  })

  it('counts the lag from the end of the call, not from its beginning', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'hangs', written: true, lateMs: minutes(2) })
    const intent = await scene.send()
    // the call hangs for five minutes; what it left shows up two minutes after its end
    await scene.advance(minutes(5))
    scene.engine.closeDoor()
    await scene.advance(minutes(1))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe('verified')
    expect(scene.engine.failures).toEqual([])
  })

  it('says unclear where the ERP could not be asked throughout, and absent or verified once a person looks again', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'never' })
    scene.erp.searches.push(null, ...Array.from({ length: 40 }, () => noAnswer))
    const intent = await scene.send()
    const unclear = await ended(scene, intent)
    expect(unclear).toMatchObject({ state: 'unclear', says: 'Whether it arrived could not be found out: The ERP does not answer.' })
    scene.erp.searches.length = 0
    const looked = await scene.engine.replays.verifyAgain(intent.id)
    expect(looked).toMatchObject({ state: 'absent' })
  })

  it('is not absent when the ERP said that it made one and does not find it', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'made', lateMs: hours(1) })
    const intent = await scene.send()
    expect(await ended(scene, intent)).toMatchObject({ state: 'unclear', targetId: 'so-1' })
    await scene.advance(minutes(5))
    expect(await scene.engine.replays.verifyAgain(intent.id)).toMatchObject({ state: 'unclear' })
    await scene.advance(hours(1))
    expect(await scene.engine.replays.verifyAgain(intent.id)).toMatchObject({ state: 'verified' })
  })

  it('looks for it after a bug in the connector as after any reply', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'throws', written: true })
    const intent = await scene.send()
    expect((await ended(scene, intent)).state).toBe('verified')
    expect(scene.engine.failures).toHaveLength(1)
  })

  it('ends unclear, not under way for ever, when each search ends in a bug', async () => {
    const scene = await begin()
    scene.erp.searches.push(null, ...Array.from({ length: 20 }, () => 'throws' as const))
    const intent = await scene.send()
    expect((await ended(scene, intent)).state).toBe('unclear')
  })

  it('sends nothing when the search before it ends in a bug', async () => {
    const scene = await begin()
    scene.erp.searches.push('throws')
    const intent = await scene.send()
    expect(scene.intent(intent.id).state).toBe('stale')
    expect(scene.erp.sent).toEqual([])
  })
})

describe('an ERP that refuses', () => {
  it('is refused for good once it is proven that nothing was written, in the ERP’s words', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'rejected', fault: fault('erp-rejection', 'The party is blocked.') })
    const intent = await scene.send()
    expect(await ended(scene, intent)).toMatchObject({ state: 'refused', says: 'The ERP refused it: The party is blocked.' })
    expect(scene.incidentState()).toBe('open')
    // put right over there: a new preview goes at once
    const again = await scene.send()
    expect(scene.intent(again.id).state).toBe('verified')
  })

  it('is not believed when it refused and wrote all the same', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'rejected', fault: fault('erp-rejection', 'A reference like this exists.') })
    scene.erp.onSend = () => scene.erp.integrationEnters('1001')
    const intent = await scene.send()
    expect((await ended(scene, intent)).state).toBe('verified')
  })

  it('refuses an unknown customer in the preview, with what to do, and keeps nothing', async () => {
    const scene = await begin()
    scene.erp.refusesPreview = { says: 'The ERP does not know this customer.', guide: ['Create the customer there.'] }
    const previewed = await scene.engine.replays.preview(scene.incident, 'order.create')
    expect(previewed).toEqual({ kind: 'refused', ...scene.erp.refusesPreview })
    expect(scene.engine.store.intents.count()).toBe(0)
  })
})

describe('a race with the shop’s own integration', () => {
  it('is healed when it came before the preview', async () => {
    const scene = await begin()
    scene.erp.integrationEnters('1001')
    expect((await scene.engine.replays.preview(scene.incident, 'order.create')).kind).toBe('healed')
  })

  it('ends stale when it came between the preview and the word', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    scene.erp.integrationEnters('1001')
    expect(await confirmOnly(scene, intent)).toBe('Both sides were just read: there is nothing left to repair.')
    expect(scene.intent(intent.id).state).toBe('stale')
    expect(scene.erp.sent).toEqual([])
  })

  it('ends stale when it came between the word and the probe', async () => {
    const scene = await begin()
    scene.erp.onSearch = () => {
      if (scene.erp.documents.length === 0) scene.erp.integrationEnters('1001')
    }
    const intent = await scene.send()
    expect(scene.intent(intent.id)).toMatchObject({ state: 'stale', says: expect.stringContaining('it is there already') })
    expect(scene.erp.sent).toEqual([])
  })

  it('is unclear, and names both, when it came between the probe and the send', async () => {
    const scene = await begin()
    scene.erp.onSend = () => scene.erp.integrationEnters('1001')
    const intent = await scene.send()
    expect(scene.intent(intent.id)).toMatchObject({
      state: 'unclear',
      says: 'It stands 2 times in the ERP (SO-1, SO-2). Cancel all but one there.',
    })
    await scene.poll()
    expect(scene.engine.store.incidents.live(10).map((one) => one.rule)).toContain('F02-duplicate-erp-order')
    for (const document of scene.erp.documents.slice(1)) document.cancelled = true
    expect(await scene.engine.replays.verifyAgain(intent.id)).toMatchObject({ state: 'verified' })
  })

  it('does not take the integration’s document for ours while ours may still show up', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'lost', lateMs: seconds(100) })
    scene.erp.onSend = () => scene.erp.integrationEnters('1001')
    const intent = await scene.send()
    await scene.advance(seconds(60))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe('unclear')
  })

  it('is noticed when it comes days later, once, however often it is looked for', async () => {
    const scene = await begin()
    const intent = await scene.send()
    await scene.poll()
    await scene.advance(hours(72))
    expect(await scene.engine.replays.watch()).toEqual([])
    scene.erp.integrationEnters('1001')
    expect((await scene.engine.replays.watch()).map((one) => one.id)).toEqual([intent.id])
    await scene.engine.replays.watch()
    const noted = scene.engine.store.incidents.timeline(scene.incident).filter((event) => event.what === 'doubled')
    expect(noted).toHaveLength(1)
    expect(trailOf(scene, intent).at(-1)).toBe('doubled')
    await scene.advance(hours(24 * 7))
    expect(await scene.engine.replays.watch()).toEqual([])
  })

  it('is no double when the second one is cancelled', async () => {
    const scene = await begin()
    await scene.send()
    scene.erp.integrationEnters('1001').cancelled = true
    expect(await scene.engine.replays.watch()).toEqual([])
  })

  it('opens the incident again for people when what was made is gone before the sides agreed', async () => {
    const scene = await begin()
    await scene.send()
    for (const document of scene.erp.documents) document.cancelled = true
    await scene.engine.replays.watch()
    expect(scene.incidentState()).toBe('open')
  })

  it('finds on a later round what came after its absence was believed', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'never' })
    const intent = await scene.send()
    await ended(scene, intent)
    scene.erp.integrationEnters('1001')
    await scene.engine.replays.watch()
    expect(scene.intent(intent.id).state).toBe('verified')
  })
})
