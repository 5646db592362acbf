/** Whoever keeps the connections of a simulated engine: what was refused is asked again, as nobody but a person may do. */
import { createRouterClient } from '@orpc/server'
import { type Instant, minutes } from '../../src-main/domain/time.ts'
import type { Life } from './life.ts'

export interface Keeper {
  /** Asks a connection again that has stood refused; never waits. */
  act(now: Instant): void
}

/** As long as the longest back-off of what heals by itself: so long the measure takes a side to stay unread. */
const again = minutes(5)

export function openKeeper(life: Life): Keeper {
  const { store } = life.engine
  const client = createRouterClient(life.engine.router, { context: {} })
  const askedAt = new Map<string, Instant>()
  return {
    act(now) {
      for (const { id } of store.connections.list()) {
        if (store.connections.health(id).state !== 'refused' || now < (askedAt.get(id) ?? 0) + again) continue
        askedAt.set(id, now)
        // an engine that ends in the middle of it leaves nothing to wait for
        client.connections.readNow({ id }).catch(() => undefined)
      }
    },
  }
}
