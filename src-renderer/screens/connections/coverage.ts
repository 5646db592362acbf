/** How old what a connection told us is, as one figure: that of the stream that is furthest past its promise. */
import type { AsOfView, ConnectionView } from '../../../src-main/contract/views.ts'

/** By promise, not by age alone: customers read an hour ago are fine, orders read an hour ago are not. */
export function oldestOf(streams: ConnectionView['streams']): AsOfView {
  const unread = streams.find((stream) => stream.coveredTo === null)
  if (streams.length === 0 || unread !== undefined)
    return { at: null, staleAfterMs: unread?.staleAfterMs ?? 0 }
  const due = (stream: ConnectionView['streams'][number]): number =>
    (stream.coveredTo ?? 0) + stream.staleAfterMs
  const worst = streams.reduce((least, stream) => (due(stream) < due(least) ? stream : least))
  return { at: worst.coveredTo, staleAfterMs: worst.staleAfterMs }
}
