/** Orders come to the ERP in lumps at an even pace, and the wait for the next lump makes them late. */
import { z } from 'zod'
import { type Span, iso, minutes } from '../../../domain/time.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F11-batch-rhythm',
  title: 'Orders come in batches, too late',
  over: 'flow',
  severity: 'high',
  params: z.object({ lateMin: z.int().min(1).max(10_000).default(3).meta({ title: 'Orders late, at least', description: 'So many must have come late with a batch before its pace is told.' }) }),
  repair: null,
  guide: [
    'Orders are brought over by a job that runs at this pace: run it more often, or have the shop announce each order.',
    'If this pace is agreed, set the pair’s grace to it: then nothing is called late that only waits for its batch.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { batches, covered, graceMs } = seen
    const last = batches?.lumps.at(-1)
    if (batches === null || last === undefined || covered.to === null) return null
    // the last lump is long ago: a rhythm that has ended, or a flow that has stopped
    if (covered.to - last.to > 2 * batches.periodMs) return null
    const { waitedMs } = batches
    // who asks for many at a time and brings them at once has no batch: orders of a batch have waited for it
    const waited = waitedMs.filter((span) => span > batches.periodMs / 4).length
    const late = waitedMs.filter((span) => span > graceMs)
    if (waited * 2 < waitedMs.length || late.length < params.lateMin) return null
    const pace = inMinutes(batches.periodMs)
    return {
      kind: 'speaks',
      dueAt: last.to - graceMs,
      says: `Orders reach ${seen.erpLabel} every ${pace} minutes; that made ${late.length} of the last ${waitedMs.length} late.`,
      evidence: [
        evidence('Pace', null, `every ${pace} minutes`, false),
        evidence('Agreed', `within ${inMinutes(graceMs)} minutes`, null, false),
        evidence('Longest wait', null, `${inMinutes(Math.max(...waitedMs))} minutes`, true),
        ...batches.lumps.slice(-10).map((lump) => evidence('Batch', null, `${lump.count} orders at ${iso(lump.to)}`, false)),
      ],
    }
  },
})

function inMinutes(span: Span): number {
  return Math.round(span / minutes(1))
}
