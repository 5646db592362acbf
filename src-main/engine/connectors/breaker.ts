/**
 * Stops asking a platform that is down: after some failures in a row it answers from memory for a while, then lets one
 * request try. Written here because cockatiel's breaker reads the machine's clock, and ours must follow the engine's.
 */
import type { Clock } from '../../domain/clock.ts'
import type { Fault } from '../../domain/fault.ts'
import { type Instant, type Span, seconds } from '../../domain/time.ts'

export const failuresUntilOpen = 5
export const openFor = seconds(30)

export interface Breaker {
  /** The fault to answer with, without sending; null when the request may go. */
  refusal(): Fault | null
  /** How long everything will still be answered from memory; 0 when a request may go. */
  shutFor(): Span
  /** What came of a request that went: a fault of class temporary or unreachable counts, all else closes. */
  note(because: Fault | null): void
}

export function newBreaker(clock: Clock): Breaker {
  let failures = 0
  let last: Fault | null = null
  let closedUntil: Instant = 0

  return {
    refusal() {
      if (last === null || failures < failuresUntilOpen) return null
      if (clock.now() >= closedUntil) {
        // One request goes out to try; the others wait for its answer behind the same door.
        closedUntil = clock.now() + openFor
        return null
      }
      return {
        ...last,
        detail: `not sent: ${failures} failures in a row; ${last.detail}`.slice(0, 2000),
      }
    },
    shutFor: () => (failures < failuresUntilOpen ? 0 : Math.max(0, closedUntil - clock.now())),
    note(because) {
      if (because?.class === 'temporary' || because?.class === 'unreachable') {
        failures += 1
        last = because
        if (failures >= failuresUntilOpen) closedUntil = clock.now() + openFor
      } else {
        failures = 0
        last = null
      }
    },
  }
}
