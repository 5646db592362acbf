/** The second channel put together: what nobody reacted to is put on its way, and taken there one message at a time. */
import type { Topic } from '../contract/events.ts'
import { settingsOf } from './handlers/rooms.ts'
import { inTurn } from './in-turn.ts'
import type { Log } from './log.ts'
import { type CourierParts, newCourier } from './notices/courier.ts'
import { escalations } from './notices/enqueue.ts'

interface SecondChannelParts extends Omit<CourierParts, 'changed'> {
  readonly log: Log
  readonly publish: (topics: readonly Topic[]) => void
}

export function secondChannel({ log, publish, ...parts }: SecondChannelParts) {
  const { store, clock, chance, signal, titleOf } = parts
  const courier = newCourier({ ...parts, changed: () => publish(['channels']) })
  const escalating = escalations({ store, clock, chance, titleOf, settings: () => settingsOf(store) })
  const delivering = inTurn(async () => {
    try {
      return !signal.aborted && (await courier.run())
    } catch (error) {
      // an abort is the engine's own end; else what waits is tried at the next round
      if (!signal.aborted) log.error('delivering-failed', {}, error)
      return false
    }
  })
  return {
    courier,
    deliver: delivering.ask,
    settled: delivering.settled,
    escalate(): void {
      if (escalating.run()) publish(['incidents', 'channels'])
    },
  }
}
