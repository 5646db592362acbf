/** The replay's walk (DESIGN §9) over a real store: whatever the ERP, the network and the process do, nothing is made twice. */
import { afterEach, describe, expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import type { Intent } from '../../../src-main/domain/intent.ts'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { verifyTrail } from '../../../src-main/engine/audit/chain.ts'
import { anOrder } from '../../support/builders.ts'
import { settle } from '../../support/clock.ts'
import { noAnswer } from '../replay/honest-erp.ts'
import { type Scene, aScene, paidOrder } from '../replay/scene.ts'

const opened: Scene[] = []
afterEach(() => {
  for (const scene of opened.splice(0)) {
    // whatever happened: what is written down is whole, and the replay has closed no incident by itself
    expect(verifyTrail(scene.engine.store).intact).toBe(true)
    expect(resolvedByReplay(scene)).toEqual([])
    scene.close()
  }
})

async function begin(given: Parameters<typeof aScene>[0] = {}): Promise<Scene> {
  const scene = await aScene(given)
  opened.push(scene)
  return scene
}

/** `resolved` in a timeline is the reconciler's alone: it names both sides. */
function resolvedByReplay(scene: Scene): readonly unknown[] {
  return scene.engine.store.incidents
    .timeline(scene.incident)
    .filter((event) => event.what === 'resolved' && !event.says.startsWith('Shop:'))
}

/** The states an intent went through, by the audit trail alone. */
function trailOf(scene: Scene, intent: Intent): readonly string[] {
  return scene.engine.store.audit
    .after(0, 1000)
    .filter((entry) => entry.subject === `intent ${intent.id}`)
    .map((entry) => entry.what.replace('replay ', ''))
}

async function ended(scene: Scene, intent: Intent): Promise<Intent> {
  await scene.advance(minutes(10))
  return scene.intent(intent.id)
}

async function confirmOnly(scene: Scene, intent: Intent): Promise<string> {
  const answer = await scene.engine.replays.confirm(intent.id, intent.previewHash, 'Because it is owed')
  return 'kind' in answer ? answer.says : answer.state
}

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

describe('what a person may confirm', () => {
  it('is nothing but what they saw', async () => {
    const scene = await begin()
    const intent = await scene.preview()
    const answer = await scene.engine.replays.confirm(intent.id, 'f'.repeat(64), 'Because')
    expect(answer).toEqual({ kind: 'refused', says: 'What you saw is not what would be sent. Look at the preview once more.' })
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
    expect(scene.intent(intent.id).says).toBe('Nothing was sent: the ERP could not be searched first. The ERP does not answer.')
  })

  it('fits the incident: what repairs another rule is not offered', async () => {
    const scene = await begin()
    expect(await scene.engine.replays.preview(scene.incident, 'invoice.create')).toMatchObject({ kind: 'refused' })
    expect(await scene.engine.replays.preview('nobody', 'order.create')).toMatchObject({ kind: 'refused' })
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

  it('knows the order again by its key when its reference is written otherwise', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'hangs', written: false })
    const sending = await scene.send()
    const { store } = scene.engine
    const other = { ...sending, id: 'other', target: 'WEB-1001', state: 'previewed' as const }
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

describe('a clock that is set', () => {
  it('forward proves no absence', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'lost', lateMs: seconds(100) })
    const intent = await scene.send()
    scene.setClock(hours(5))
    await scene.advance(seconds(30))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe('verified')
  })

  it('back does not hold the proof up', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'never' })
    const intent = await scene.send()
    scene.setClock(-hours(5))
    expect((await ended(scene, intent)).state).toBe('absent')
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
    expect(scene.engine.replays.abandon(intent.id, 'No')).toEqual({ kind: 'refused', says: 'This replay is previewed; it cannot be given up.' })
    await confirmOnly(scene, intent)
    await settle()
    expect(scene.engine.replays.abandon(intent.id, 'No')).toEqual({ kind: 'refused', says: 'This replay is verified; it cannot be given up.' })
    expect(await scene.engine.replays.verifyAgain(intent.id)).toEqual({ kind: 'refused', says: 'This replay is verified; there is nothing to look for.' })
  })
})

describe('a process that dies', () => {
  it('before anything was sent: nothing was, and it is said so', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.onSearch = () => {
      scene.engine.life.alive = false
    }
    const intent = await scene.send()
    await scene.crash()
    scene.erp.onSearch = () => undefined
    await scene.reopen()
    expect(scene.intent(intent.id)).toMatchObject({ state: 'stale', says: 'Plumbline stopped before it was sent. Nothing was sent.' })
    expect(scene.erp.sent).toEqual([])
    expect(scene.incidentState()).toBe('open')
  })

  it.each([
    ['after the write, before the reply', true, 'verified'],
    ['before the bytes arrived', false, 'absent'],
  ])('%s: the next start looks for it, and sends nothing', async (_when, written, state) => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written, lateMs: minutes(2) })
    const intent = await scene.send()
    await scene.crash()
    await scene.reopen()
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe(state)
    expect(scene.erp.sent).toHaveLength(1)
    expect(trailOf(scene, intent)).toEqual(['previewed', 'confirmed', 'sending', state])
  })

  it('while it looks for it, again and again: it is looked for anew each time', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'lost', lateMs: minutes(2) })
    const intent = await scene.send()
    for (let times = 0; times < 3; times += 1) {
      await scene.advance(seconds(30))
      await scene.crash()
      await scene.reopen()
    }
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe('verified')
    expect(scene.erp.madeByUs('1001')).toBe(1)
  })

  it('gently: what is on its way stays so, and the next start looks for it', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written: true })
    const intent = await scene.send()
    await scene.engine.stop()
    await scene.reopen()
    expect((await ended(scene, intent)).state).toBe('verified')
    expect(scene.erp.sent).toHaveLength(1)
  })

  it('and cannot open the ERP’s door afterwards: a person decides, and may look again later', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written: true })
    const intent = await scene.send()
    await scene.crash()
    scene.doorFault = fault('credentials', 'The keychain is locked.')
    await scene.reopen()
    await scene.advance(minutes(5))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect(await ended(scene, intent)).toMatchObject({
      state: 'unclear',
      says: 'Whether it arrived could not be found out. The keychain is locked.',
    })
    scene.doorFault = null
    expect(await scene.engine.replays.verifyAgain(intent.id)).toMatchObject({ state: 'verified' })
  })

  it('and finds the ERP’s door locked at first: it is looked for once it opens', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written: true })
    const intent = await scene.send()
    await scene.crash()
    scene.doorFault = fault('credentials', 'The keychain is locked.')
    await scene.reopen()
    scene.doorFault = null
    expect((await ended(scene, intent)).state).toBe('verified')
  })

  it('keeps a preview that may still be confirmed, and ends one that is too old', async () => {
    const scene = await begin({ onDisk: true })
    const old = await scene.preview()
    await scene.advance(minutes(9))
    const young = await scene.preview()
    await scene.crash()
    await scene.advance(minutes(2))
    await scene.reopen()
    expect([scene.intent(old.id).state, scene.intent(young.id).state]).toEqual(['expired', 'previewed'])
    expect(await confirmOnly(scene, young)).toBe('confirmed')
  })
})

describe('a door that closes while the engine goes on', () => {
  it('after the send: it is looked for through the next one, and the reply is remembered', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'made', lateMs: minutes(30) })
    const intent = await scene.send()
    scene.engine.closeDoor()
    await settle()
    // never absent: the ERP said that it made one
    expect(await ended(scene, intent)).toMatchObject({ state: 'unclear', targetId: 'so-1' })
    expect(scene.engine.failures).toEqual([])
  })

  it('before the send: nothing is sent', async () => {
    const scene = await begin()
    scene.erp.onSearch = () => scene.engine.closeDoor()
    const intent = await scene.send()
    expect(scene.intent(intent.id)).toMatchObject({ state: 'stale', says: 'Nothing was sent: the connection was closed first.' })
  })
})
