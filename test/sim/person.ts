/** Whoever sits before a simulated engine and repairs what it offers, by the contract alone, as the window does. */
import { createRouterClient, ORPCError } from '@orpc/server'
import type { Intent } from '../../src-main/domain/intent.ts'
import { type Instant, hours } from '../../src-main/domain/time.ts'
import { catalogue } from '../../src-main/engine/reconcile/registry.ts'
import type { Life } from './life.ts'

export interface Person {
  /** Looks at what is open and begins what can be begun; never waits. */
  act(now: Instant): void
  /** Why repairs were not offered, and how often. */
  readonly refusals: ReadonlyMap<string, number>
  /** Replays that were confirmed. */
  readonly confirmed: number
}

/** At once on one desk. */
const busyMax = 20
/** Whoever was refused sees to it first, and tries again after so long. */
const again = hours(2)
const liveMax = 100_000

export function openPerson(life: Life): Person {
  const { store } = life.engine
  const client = createRouterClient(life.engine.router, { context: {} })
  const busy = new Set<string>()
  const notBefore = new Map<string, Instant>()
  const refusals = new Map<string, number>()
  let confirmed = 0

  async function repair(incident: string, now: Instant): Promise<void> {
    const offered = await client.replays.preview({ incident, action: 'order.create' })
    if (offered.kind !== 'ready') {
      notBefore.set(incident, now + again)
      refusals.set(offered.says, (refusals.get(offered.says) ?? 0) + 1)
      return
    }
    await client.replays.confirm({ id: offered.intent.id, previewHash: offered.previewHash, reason: 'The customer waits for it' })
    confirmed += 1
  }

  /** Nothing waits for the answer: the next look at the incident shows what came of it. */
  function begin(incident: string, work: () => Promise<unknown>): void {
    busy.add(incident)
    work()
      .catch((error: unknown) => {
        // a refusal, or the end of the engine in the middle of it
        if (!(error instanceof ORPCError) && !(error instanceof Error && error.name === 'AbortError')) throw error
      })
      .finally(() => busy.delete(incident))
  }

  return {
    get confirmed() {
      return confirmed
    },
    refusals,
    act(now) {
      for (const incident of store.incidents.live(liveMax)) {
        if (busy.size >= busyMax) return
        if (busy.has(incident.id) || now < (notBefore.get(incident.id) ?? 0) || catalogue.get(incident.rule)?.repair !== 'order.create') continue
        const latest = newest(store.intents.ofIncident(incident.id))
        switch (latest?.state) {
          case undefined:
          case 'stale':
          case 'refused':
          case 'expired':
          case 'absent':
            begin(incident.id, () => repair(incident.id, now))
            break
          case 'unclear':
            begin(incident.id, () => client.replays.verify({ id: latest?.id ?? '' }))
            break
          default:
            // under way, or done and soon seen
            break
        }
      }
    },
  }
}

function newest(intents: readonly Intent[]): Intent | undefined {
  return intents.toSorted((left, right) => right.createdAt - left.createdAt || (left.id < right.id ? 1 : -1))[0]
}
