/**
 * The promise of DESIGN §9 as a law: for any row of faults, lost replies, late sights, deaths, clicks and clocks, an
 * honest ERP never holds two documents of ours for one order, and nothing stays on its way for ever.
 */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { verifyTrail } from '../../../src-main/engine/audit/chain.ts'
import { settle } from '../../support/clock.ts'
import { type SendHow, noAnswer } from './honest-erp.ts'
import { type Scene, aScene } from './scene.ts'

const lagMs = minutes(2)
/** Anything up to the lag and exactly it; the call's end is the moment it counts from. */
const late = fc.constantFrom(0, 1, seconds(30), lagMs - 1, lagMs)

const sendHow: fc.Arbitrary<SendHow> = fc.oneof(
  fc.record({ kind: fc.constant('made' as const), lateMs: late }),
  fc.record({ kind: fc.constant('lost' as const), lateMs: late }),
  fc.constant<SendHow>({ kind: 'never' }),
  fc.record({ kind: fc.constant('rejected' as const), fault: fc.constant(fault('validation', 'A field is missing.')) }),
  fc.record({ kind: fc.constant('hangs' as const), written: fc.boolean(), lateMs: late }),
  fc.record({ kind: fc.constant('throws' as const), written: fc.boolean() }),
)

type Click = 'preview' | 'confirm' | 'confirm twice' | 'confirm and go on' | 'insist' | 'give up' | 'look again'

type Step =
  | { readonly do: 'script the send'; readonly how: SendHow }
  | { readonly do: 'script searches'; readonly how: readonly ('fault' | 'refused' | 'throws' | 'fine')[] }
  | { readonly do: 'die' | 'stop' | 'restart' | 'close door' | 'integration' | 'cancel one' | 'poll' | 'watch' | 'recover' }
  | { readonly do: Click }
  | { readonly do: 'pass'; readonly span: number }
  | { readonly do: 'set clock'; readonly by: number }
  | { readonly do: 'lock' | 'blind' | 'switch'; readonly on: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('script the send' as const), how: sendHow }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('script searches' as const),
      how: fc.array(fc.constantFrom('fault' as const, 'refused' as const, 'throws' as const, 'fine' as const), { minLength: 1, maxLength: 25 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('die' as const, 'die' as const, 'stop' as const, 'restart' as const, 'close door' as const, 'watch' as const, 'recover' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('integration' as const, 'cancel one' as const, 'poll' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('confirm' as const, 'insist' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('preview' as const, 'confirm twice' as const, 'confirm and go on' as const, 'give up' as const, 'look again' as const) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), span: fc.constantFrom(1, seconds(20), lagMs, minutes(7), minutes(11)) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set clock' as const), by: fc.constantFrom(hours(5), -hours(5), minutes(3)) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('lock' as const, 'blind' as const, 'switch' as const), on: fc.boolean() }) },
)

async function take(scene: Scene, now: Step): Promise<void> {
  const { erp } = scene
  switch (now.do) {
    case 'script the send':
      erp.sends.push(now.how)
      return
    case 'script searches':
      erp.searches.push(...now.how.map((how) => (how === 'fine' ? null : how === 'throws' ? how : how === 'fault' ? noAnswer : fault('permission', 'Not allowed.'))))
      return
    case 'die':
      await scene.crash()
      await scene.reopen()
      return
    case 'stop':
      await scene.engine.stop()
      await scene.reopen()
      return
    case 'restart':
      await scene.crash()
      await scene.advance(minutes(1))
      await scene.reopen()
      return
    case 'close door':
      scene.engine.closeDoor()
      return
    case 'integration':
      erp.integrationEnters('1001')
      return
    case 'cancel one':
      for (const one of erp.visible().slice(0, 1)) one.cancelled = true
      return
    case 'poll':
      return scene.poll()
    case 'watch':
      await scene.engine.replays.watch()
      return
    case 'recover':
      scene.engine.replays.recover()
      return
    case 'pass':
      return scene.advance(now.span)
    case 'set clock':
      scene.setClock(now.by)
      return
    case 'lock':
      scene.doorFault = now.on ? fault('credentials', 'The keychain is locked.') : null
      return
    case 'blind':
      scene.readFault = now.on ? noAnswer : null
      return
    case 'switch':
      scene.switchedOn = now.on
      return
    default:
      return click(scene, now.do)
  }
}

async function click(scene: Scene, what: Click): Promise<void> {
  const { replays, store } = scene.engine
  const [latest] = store.intents.list(1, 0)
  switch (what) {
    case 'preview':
      await replays.preview(scene.incident, 'order.create')
      return
    case 'confirm':
    case 'confirm twice': {
      const held = ['previewed', 'absent'] as const
      const [old] = held.flatMap((state) => store.intents.inState(state))
      const previewed = old === undefined ? await replays.preview(scene.incident, 'order.create') : null
      const intent = old ?? (previewed?.kind === 'ready' ? previewed.intent : undefined)
      if (intent === undefined) return
      const clicks = what === 'confirm' ? 1 : 2
      await Promise.all(Array.from({ length: clicks }, () => replays.confirm(intent.id, intent.previewHash, 'Because')))
      return settle()
    }
    case 'confirm and go on':
      // not waited for: other things happen meanwhile, and the process may die under it
      for (const intent of [...store.intents.inState('previewed'), ...store.intents.inState('absent')]) {
        replays.confirm(intent.id, intent.previewHash, 'Because').catch(() => undefined)
      }
      return
    case 'insist':
      return insist(scene)
    case 'give up':
      for (const state of ['absent', 'unclear'] as const) {
        for (const intent of store.intents.inState(state)) replays.abandon(intent.id, 'No more')
      }
      return
    case 'look again':
      // a bug in the search is the caller's to see, and moves nothing
      if (latest !== undefined) await replays.verifyAgain(latest.id).catch(() => undefined)
      return
    default:
      return what satisfies never
  }
}

/** Somebody who cannot wait: gives up what is unclear, and sends again in the first second in which it is let. */
async function insist(scene: Scene): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { replays, store } = scene.engine
    for (const intent of store.intents.inState('unclear')) replays.abandon(intent.id, 'No more')
    const [absent] = store.intents.inState('absent')
    const previewed = absent === undefined ? await replays.preview(scene.incident, 'order.create') : null
    const intent = absent ?? (previewed?.kind === 'ready' ? previewed.intent : undefined)
    const answer = intent === undefined ? null : await replays.confirm(intent.id, intent.previewHash, 'Now')
    await settle()
    if (answer !== null && !('kind' in answer)) return
    await scene.advance(seconds(5))
  }
}

/** What another process reads at the very moment of a send; anything but the one intent on its way is a broken promise. */
function watchSends(scene: Scene, broken: string[]): void {
  scene.erp.onSend = (key) => {
    const live = scene.onDisk<{ state: string }>(
      `SELECT state FROM intent WHERE key = '${key}' AND state IN ('confirmed', 'sending', 'absent', 'unclear')`,
    )
    if (live.length !== 1 || live[0]?.state !== 'sending') broken.push(`sent with ${JSON.stringify(live)} on disk`)
    const moves = scene.onDisk<{ sent: number }>(`SELECT COUNT(*) AS sent FROM audit WHERE what = 'replay sending'`)
    // this one is counted by the ERP only after this look
    if (moves[0]?.sent !== scene.erp.sent.length + 1) broken.push(`${moves[0]?.sent} moves to sending on disk at send ${scene.erp.sent.length + 1}`)
    const said = scene.onDisk<{ said: number }>(`SELECT COUNT(*) AS said FROM audit WHERE what = 'replay confirmed'`)
    if ((said[0]?.said ?? 0) < scene.erp.sent.length + 1) broken.push('sent without a person’s word')
  }
}

/** All trouble ends, a new process starts, and time passes. */
async function calm(scene: Scene): Promise<void> {
  scene.erp.searches.length = 0
  scene.doorFault = null
  scene.readFault = null
  await scene.crash()
  await scene.reopen()
  await scene.advance(minutes(15))
}

const runs = Number(process.env['REPLAY_RUNS'] ?? 60)

it('never makes a second document, never sends what is not on disk, and leaves nothing on its way', { timeout: 600_000 }, async () => {
  let sends = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const scene = await aScene({ lagMs, onDisk: true })
      try {
        const broken: string[] = []
        watchSends(scene, broken)
        for (const now of steps) await take(scene, now)
        await calm(scene)
        sends += scene.erp.sent.length
        const left = scene.onDisk(`SELECT id, state FROM intent WHERE state IN ('sending', 'confirmed')`)
        expect({ broken, left, trail: verifyTrail(scene.engine.store).intact, twice: scene.erp.madeByUs('1001') > 1 }).toEqual({
          broken: [],
          left: [],
          trail: true,
          twice: false,
        })
      } finally {
        scene.close()
      }
    }),
    { numRuns: runs },
  )
  // a law over histories in which nothing is sent would prove nothing
  expect(sends).toBeGreaterThan(runs / 4)
})
