/** What the engine tells by itself: which topics changed (never the data), and that there is something to notify. */
import { z } from 'zod'

/** A query names the topics it reads; the engine names those that changed. */
export const topics = ['overview', 'incidents', 'connections', 'pairs', 'people', 'replays', 'notices', 'channels', 'settings', 'audit', 'close'] as const
export type Topic = (typeof topics)[number]

export const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), topics: z.array(z.enum(topics)) }),
  /** Sent every few seconds so that a page can tell a quiet engine from a dead one. */
  z.object({ kind: z.literal('alive'), at: z.int() }),
])
export type EngineEvent = z.infer<typeof eventSchema>
