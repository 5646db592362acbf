/** The replay's law: whatever fails, in whatever order, the ERP never holds two documents that we made (DESIGN §9). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { verifyTrail } from '../../../src-main/engine/audit/chain.ts'
import { type Replaying, type Searching, type Sending, aReplaying, visibilityLag } from '../../support/replaying.ts'

async function previewed(given: Replaying): Promise<{ readonly id: string; readonly hash: string }> {
  const preview = await given.replays.preview(given.incident, 'order.create')
  if (preview.kind !== 'ready') throw new Error(`no preview: ${preview.says}`)
  return { id: preview.intent.id, hash: preview.intent.previewHash }
}

async function confirmed(given: Replaying) {
  const { id, hash } = await previewed(given)
  const answer = await given.replays.confirm(id, hash, 'the customer waits')
  await given.pass(minutes(5))
  return { id, hash, answer, intent: given.store.intents.get(id) }
}

describe('a replay', () => {
  it('is written down before it is sent, found afterwards, and leaves the incident to the evidence', async () => {
    const given = aReplaying()
    const { intent } = await confirmed(given)
    expect([intent?.state, given.sends, given.documents.length]).toEqual(['verified', 1, 1])
    expect(given.store.incidents.get(given.incident)?.state).toBe('repairing')
    expect(given.store.audit.page(null, 10).map((entry) => entry.what)).toEqual([
      'replay verified',
      'replay sending',
      'replay confirmed',
      'replay previewed',
    ])
    expect(verifyTrail(given.store).intact).toBe(true)
  })

  it.each([
    ['the reply was lost after the write', 'loses the reply', 0, 'verified', 1],
    ['the reply was lost and the write shows late', 'loses the reply', visibilityLag - 1, 'verified', 1],
    ['the call was torn off after the write', 'is torn off', 0, 'verified', 1],
    ['the ERP was never reached', 'is not reached', 0, 'absent', 0],
    ['the ERP refused it', 'refuses', 0, 'refused', 0],
  ] as const)('ends by proof when %s', async (_when, sending, hiddenFor, state, documents) => {
    const given = aReplaying()
    given.sending = sending
    given.hiddenFor = hiddenFor
    const { intent } = await confirmed(given)
    expect([intent?.state, given.documents.length, given.sends]).toEqual([state, documents, 1])
  })

  it('sends nothing when the integration got there first', async () => {
    const given = aReplaying()
    const { id, hash } = await previewed(given)
    given.integrationCreates()
    const answer = await given.replays.confirm(id, hash, 'the customer waits')
    await given.pass(minutes(5))
    expect([given.sends, 'kind' in answer]).toEqual([0, true])
  })

  it('is unclear, and not sent again, when nobody can say whether it arrived', async () => {
    const given = aReplaying()
    const { id, hash } = await previewed(given)
    given.sending = 'loses the reply'
    await given.replays.confirm(id, hash, 'the customer waits')
    given.searching = 'is not reached'
    await given.pass(minutes(10))
    const state = given.store.intents.get(id)?.state
    expect(['unclear', 'stale', 'verified']).toContain(state)
    expect(given.sends).toBeLessThanOrEqual(1)
    const again = await given.replays.confirm(id, hash, 'once more')
    expect('kind' in again).toBe(true)
    expect(given.sends).toBeLessThanOrEqual(1)
  })

  it('is refused when what was seen is not what would be sent, when it is too old, and when it is switched off', async () => {
    const given = aReplaying()
    const { id, hash } = await previewed(given)
    expect(await given.replays.confirm(id, `${hash}0`, 'the customer waits')).toMatchObject({ kind: 'refused' })
    await given.pass(minutes(11))
    expect(await given.replays.confirm(id, hash, 'the customer waits')).toMatchObject({ kind: 'refused' })
    expect(given.store.intents.get(id)?.state).toBe('expired')
    const off = aReplaying({ switchedOn: false })
    const seen = await previewed(off)
    expect(await off.replays.confirm(seen.id, seen.hash, 'the customer waits')).toMatchObject({
      says: expect.stringContaining('switched off'),
    })
    expect([given.sends, off.sends]).toEqual([0, 0])
  })

  it('is sent once however often it is confirmed at the same moment', async () => {
    const given = aReplaying()
    const [first, second] = [await previewed(given), await previewed(given)]
    await Promise.all(
      [first, second, first].map(({ id, hash }) => given.replays.confirm(id, hash, 'the customer waits')),
    )
    await given.pass(minutes(5))
    expect([given.sends, given.documents.length]).toEqual([1, 1])
  })

  it('that was on its way when the process died is looked for, and never sent again', async () => {
    const given = aReplaying()
    given.sending = 'loses the reply'
    given.hiddenFor = seconds(10)
    const { id, hash } = await previewed(given)
    await given.replays.confirm(id, hash, 'the customer waits')
    await given.pass(seconds(2))
    given.crash()
    await given.pass(minutes(5))
    expect([given.store.intents.get(id)?.state, given.sends, given.documents.length]).toEqual(['verified', 1, 1])
  })

  it('may be sent again by a person once it is proven absent, under the same key', async () => {
    const given = aReplaying()
    given.sending = 'is not reached'
    const { id, hash, intent } = await confirmed(given)
    expect(intent?.state).toBe('absent')
    given.sending = 'answers'
    await given.replays.confirm(id, hash, 'the ERP is back')
    await given.pass(minutes(5))
    expect([given.store.intents.get(id)?.state, given.sends, given.documents.length]).toEqual(['verified', 2, 1])
  })

  it('is watched afterwards: a second one by the integration is noticed', async () => {
    const given = aReplaying()
    const { id } = await confirmed(given)
    given.integrationCreates()
    await given.pass(hours(1))
    expect((await given.replays.watch()).map((intent) => intent.id)).toEqual([id])
    expect(given.store.incidents.timeline(given.incident).some((event) => event.what === 'doubled')).toBe(true)
  })
})

type Step =
  | { readonly do: 'preview' | 'confirm' | 'abandon' | 'verify again' | 'crash' | 'watch' }
  | { readonly do: 'sending'; readonly how: Sending }
  | { readonly do: 'searching'; readonly how: Searching }
  | { readonly do: 'hide'; readonly for: number }
  | { readonly do: 'pass'; readonly for: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Step>({ do: 'preview' }, { do: 'confirm' }, { do: 'confirm' }) },
  { weight: 3, arbitrary: fc.constantFrom<Step>({ do: 'abandon' }, { do: 'verify again' }, { do: 'crash' }, { do: 'watch' }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Sending>('answers', 'loses the reply', 'is not reached', 'refuses', 'is torn off')
      .map((how): Step => ({ do: 'sending', how })),
  },
  { weight: 2, arbitrary: fc.constantFrom<Searching>('answers', 'is not reached').map((how): Step => ({ do: 'searching', how })) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: visibilityLag - 1 }).map((span): Step => ({ do: 'hide', for: span })) },
  { weight: 5, arbitrary: fc.integer({ min: 0, max: minutes(3) }).map((span): Step => ({ do: 'pass', for: span })) },
)

async function take(given: Replaying, now: Step, tries: { id: string; hash: string }[]): Promise<void> {
  const last = tries.at(-1)
  switch (now.do) {
    case 'preview': {
      const preview = await given.replays.preview(given.incident, 'order.create')
      if (preview.kind === 'ready') tries.push({ id: preview.intent.id, hash: preview.intent.previewHash })
      return
    }
    case 'confirm':
      // not waited for: other things happen meanwhile
      for (const { id, hash } of tries) void given.replays.confirm(id, hash, 'the customer waits')
      return
    case 'abandon':
      if (last !== undefined) given.replays.abandon(last.id, 'given up')
      return
    case 'verify again':
      if (last !== undefined) void given.replays.verifyAgain(last.id)
      return
    case 'watch':
      void given.replays.watch()
      return
    case 'crash':
      given.crash()
      return
    case 'sending':
      given.sending = now.how
      return
    case 'searching':
      given.searching = now.how
      return
    case 'hide':
      given.hiddenFor = now.for
      return
    case 'pass':
      await given.pass(now.for)
      return
    default:
      now satisfies never
  }
}

describe('for any course of events', () => {
  it('the ERP never holds two documents of ours, and nothing stays on its way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const given = aReplaying()
        const tries: { id: string; hash: string }[] = []
        for (const one of steps) await take(given, one, tries)
        given.searching = 'answers'
        given.crash()
        await given.pass(minutes(20))
        const ours = given.documents.filter((one) => one.by === 'us')
        expect(ours.length).toBeLessThanOrEqual(1)
        expect(given.store.intents.inState('sending')).toEqual([])
        expect(given.store.intents.inState('confirmed')).toEqual([])
        expect(given.store.incidents.get(given.incident)?.state).not.toBe('resolved')
        expect(verifyTrail(given.store).intact).toBe(true)
        given.store.close()
      }),
      { numRuns: 150 },
    )
  }, 120_000)
})
