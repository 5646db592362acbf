/** A computer whose lid is closed for a while: time goes on outside, and nothing on it is woken until it is open again. */
import type { Instant } from '../../src-main/domain/time.ts'
import type { VirtualClock } from './virtual-clock.ts'

export interface Machine extends VirtualClock {
  /** Asleep from now on. */
  suspend(until: Instant): void
  readonly isAsleep: boolean
}

/** Whatever falls due meanwhile comes at the waking, in the order in which it fell due: sleeps, time-outs, answers on their way. */
export function machineOn(clock: VirtualClock): Machine {
  let awakeAt: Instant = Number.NEGATIVE_INFINITY
  const isAsleep = (): boolean => clock.now() < awakeAt

  function at(moment: Instant, call: () => void): void {
    clock.at(moment, () => (isAsleep() ? at(awakeAt, call) : call()))
  }

  return {
    now: clock.now,
    at,
    settle: clock.settle,
    advanceTo: clock.advanceTo,
    get waiting() {
      return clock.waiting
    },
    async sleep(span, signal) {
      await clock.sleep(span, signal)
      while (isAsleep()) {
        // oxlint-disable-next-line no-await-in-loop -- it may be put to sleep again at the very moment of its waking
        await clock.sleep(awakeAt - clock.now(), signal)
      }
    },
    timeout(span) {
      const ending = new AbortController()
      at(clock.now() + span, () => ending.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')))
      return ending.signal
    },
    suspend(until) {
      awakeAt = Math.max(awakeAt, until)
    },
    get isAsleep() {
      return isAsleep()
    },
  }
}
