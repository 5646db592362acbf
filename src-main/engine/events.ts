/** What the engine tells by itself, to everyone who listens: topics that changed, gathered over a moment, and a heartbeat. */
import { EventPublisher } from '@orpc/server'
import type { EngineEvent, Topic } from '../contract/events.ts'
import type { Clock } from '../domain/clock.ts'
import { type Span, seconds } from '../domain/time.ts'

/** Changes within this are told as one: a page of rows is one question from a screen, not a hundred. */
const gatherMs: Span = 200
const heartbeat: Span = seconds(5)

/** Events that a slow listener may fall behind by before it loses the oldest. */
const bufferMax = 100

export function newEvents(clock: Clock, stop: AbortSignal) {
  const publisher = new EventPublisher<{ event: EngineEvent }>({ maxBufferedEvents: bufferMax })
  const waiting = new Set<Topic>()

  async function flush(): Promise<void> {
    await clock.sleep(gatherMs, stop)
    const topics = [...waiting]
    waiting.clear()
    publisher.publish('event', { kind: 'changed', topics })
  }

  async function beat(): Promise<void> {
    while (!stop.aborted) {
      await clock.sleep(heartbeat, stop)
      publisher.publish('event', { kind: 'alive', at: clock.now() })
    }
  }

  return {
    publish(topics: readonly Topic[]): void {
      const first = waiting.size === 0
      for (const topic of topics) waiting.add(topic)
      // the sleep ends early only when the engine stops: then nobody is told any more
      if (first && waiting.size > 0) flush().catch(() => waiting.clear())
    },
    listen: (signal: AbortSignal | undefined): AsyncIterable<EngineEvent> =>
      publisher.subscribe('event', { signal: signal === undefined ? stop : AbortSignal.any([signal, stop]) }),
    /** Whether anybody listens: who hung up must be forgotten. */
    heard: (): boolean => publisher.size > 0,
    start(): void {
      beat().catch(() => undefined)
    },
  }
}
