/** How long parcels and refunds take to be told, in the sample. */
import type { LatencyView } from '../../../src-main/contract/latency-views.ts'
import { days, hours, minutes } from '../../../src-main/domain/time.ts'
import type { Scene } from './scene.ts'

export function sampleLatency({ now }: Scene): LatencyView {
  return {
    from: now - days(7),
    to: now,
    shipped: { count: 412, p50Ms: minutes(3), p95Ms: minutes(18), open: 1, oldestOpenMs: hours(2) },
    refunded: { count: 31, p50Ms: minutes(9), p95Ms: hours(5), open: 0, oldestOpenMs: null },
    whole: true,
  }
}
