/** A replay room over a real store and an honest ERP in memory: it hides its writes for a while, loses replies, refuses, and dies. */
import { expect } from 'vitest'
import { type Outcome, failed, fault, ok } from '../../src-main/domain/fault.ts'
import type { ActionDefinition, AnyConnector, Api } from '../../src-main/engine/connectors/definition.ts'
import { type Span, hours, seconds } from '../../src-main/domain/time.ts'
import { keyOf } from '../../src-main/engine/replay/reference.ts'
import { type Replays, replays } from '../../src-main/engine/replay/replays.ts'
import type { Store } from '../../src-main/engine/store/store.ts'
import { aConnection, aFinding, aPair, anOrder } from './builders.ts'
import { type FakeClock, fakeClock, monday } from './clock.ts'
import { aStore, keep } from './store.ts'

/** What the ERP does with the next calls. */
export type Sending = 'answers' | 'loses the reply' | 'is not reached' | 'refuses' | 'is torn off'
export type Searching = 'answers' | 'is not reached'

interface Document {
  readonly key: string
  readonly by: 'us' | 'the integration'
  readonly id: string
  readonly shownFrom: number
}

export const visibilityLag: Span = seconds(20)

export interface Replaying {
  readonly store: Store
  readonly clock: FakeClock
  readonly documents: Document[]
  readonly errors: unknown[]
  replays: Replays
  sends: number
  sending: Sending
  searching: Searching
  /** The next writes are shown to searches only after this. */
  hiddenFor: Span
  readonly incident: string
  /** The merchant's own connector gets there. */
  integrationCreates(): void
  /** The process dies where it is; another one starts on the same file. */
  crash(): void
  /** Lets time pass until nothing is under way, at most this long. */
  pass(span: Span): Promise<void>
}

const down = fault('unreachable', 'The ERP does not answer.')

export function aReplaying(given: { switchedOn?: boolean; path?: string } = {}): Replaying {
  const store = aStore(given.path === undefined ? {} : { path: given.path })
  const clock = fakeClock(monday)
  keep(store, 'shop', 'orders', [anOrder()])
  store.transaction((tx) =>
    store.incidents.apply(tx, 'pair', aFinding(), { id: 'incident-1', market: 'DE', dueAt: monday - hours(1), parent: null, at: monday }),
  )
  let ids = 0
  let stop = new AbortController()
  const self: Replaying = {
    store,
    clock,
    documents: [],
    errors: [],
    sends: 0,
    sending: 'answers',
    searching: 'answers',
    hiddenFor: 0,
    incident: 'incident-1',
    integrationCreates() {
      write('the integration')
    },
    crash() {
      stop.abort(new DOMException('the process died', 'AbortError'))
      stop = new AbortController()
      self.replays = room(stop.signal)
      self.replays.recover()
    },
    async pass(span) {
      await clock.advance(span)
    },
    replays: null as unknown as Replays,
  }

  function write(by: Document['by']): Document {
    const made = { key: keyOf(aConnection().platform, aPair(), anOrder()), by, id: `doc-${(ids += 1)}`, shownFrom: clock.now() + self.hiddenFor }
    self.documents.push(made)
    return made
  }

  const action: ActionDefinition<unknown> = {
    id: 'order.create',
    guarantee: 'probe-then-create',
    visibilityLagMs: visibilityLag,
    priceOfBeingWrong: 'Two orders would stand.',
    preview: async (_api, input) => ok({ kind: 'ready', payload: { reference: input.reference }, facts: [], warnings: [] }),
    async send(): Promise<Outcome<{ targetId: string | null }>> {
      self.sends += 1
      // what was committed is what another process would find
      expect(store.intents.inState('sending')).toHaveLength(1)
      switch (self.sending) {
        case 'answers':
          return ok({ targetId: write('us').id })
        case 'loses the reply':
          write('us')
          return failed(down)
        case 'is not reached':
          return failed(down)
        case 'refuses':
          return failed(fault('erp-rejection', 'The customer is blocked.'))
        case 'is torn off':
          write('us')
          throw new Error('torn off')
        default:
          return self.sending satisfies never
      }
    },
    async verify(_api, _payload, key) {
      if (self.searching === 'is not reached') return failed(down)
      const found = self.documents.filter((one) => one.key === key && one.shownFrom <= clock.now())
      return ok({ found: found.map(({ id }) => ({ id, number: id, matches: true, says: `${id}, draft.` })) })
    },
  }

  function room(signal: AbortSignal): Replays {
    const api = { signal: new AbortController().signal } as unknown as Api
    const connector = { label: 'ERP', actions: [action] } as unknown as AnyConnector
    return replays({
      store,
      clock,
      chance: { fraction: () => 0.5, id: () => `id-${(ids += 1)}` },
      signal,
      open: async () => ok({ api, connector, settings: {} }),
      readLive: async () => ok(null),
      stillSpeaks: () => !self.documents.some((one) => one.shownFrom <= clock.now()),
      repairOf: () => 'order.create',
      switchedOn: () => given.switchedOn ?? true,
      changed: () => undefined,
      failed: (error) => self.errors.push(error),
    })
  }
  self.replays = room(stop.signal)
  return self
}
