/** Goods leave, and nothing follows them any more: the job that tells parcels or bills them stands still, and that is one incident. */
import { z } from 'zod'
import { iso, minutes } from '../../../domain/time.ts'
import type { DocumentFlow } from '../lenses/document-flow.ts'
import { defineRule, evidence, notJudged } from '../rule.ts'

export default defineRule({
  id: 'F11-documents-stopped',
  title: 'Parcels or invoices stand still',
  over: 'documentFlow',
  severity: 'high',
  params: z.object({
    deliveriesMin: z.int().min(2).max(1000).default(3).meta({ title: 'Deliveries that wait, at least', description: 'Fewer may each have been left out by themselves.' }),
    timesUsual: z.int().min(1).max(100).default(3).meta({ title: 'Times the usual time', description: 'How many times as long as usual the first of them must have waited.' }),
    minutesMin: z.int().min(0).max(10_080).default(10).meta({ title: 'But at least, in minutes', description: 'What is usual may be very quick.' }),
  }),
  repair: null,
  guide: [
    'Look at the job that tells the shop of parcels, or that bills what was sent: does it run, and what does its log say?',
    'Set it going again; it should bring what waits. Do not enter it one by one meanwhile.',
    'The incident closes by itself when the next one follows; what is still missing then is told order by order.',
  ],
  absentOn: null,
  detect(seen, { params }) {
    const { covered, usualMs } = seen
    // where nothing ever followed there is no job that could have stopped
    if (usualMs === null) return null
    // what left a moment ago is followed in a while, as it usually is
    const awaited = seen.awaited.filter((one) => one.at + 2 * usualMs <= (covered.to ?? 0))
    const [first] = awaited
    if (first === undefined || awaited.length < params.deliveriesMin) return null
    const late = first.at + Math.max(seen.graceMs, minutes(params.minutesMin), params.timesUsual * usualMs)
    if (covered.to === null || covered.to < late) return notJudged('what waits is not late yet', late)
    const waiting = `${seen.more ? 'at least ' : ''}${seen.awaited.length}`
    const last = seen.followedAt === null ? 'not known' : iso(seen.followedAt)
    return {
      kind: 'speaks',
      dueAt: first.at,
      says: `${words[seen.flow](seen)} since ${last}; ${waiting} deliveries wait.`,
      evidence: [
        evidence('Last that was followed', null, last, false),
        evidence('Left since then', waiting, '0', true),
        evidence('First of them', `order ${first.number}, left ${iso(first.at)}`, 'not followed', true),
        evidence('Usual time', null, `${Math.ceil(usualMs / minutes(1))} minutes`, false),
      ],
    }
  },
})

const words: Readonly<Record<DocumentFlow, (of: { readonly shopLabel: string; readonly erpLabel: string }) => string>> = {
  fulfilments: ({ erpLabel, shopLabel }) => `No parcel of ${erpLabel} has been told to ${shopLabel}`,
  invoices: ({ erpLabel }) => `Nothing that left was billed in ${erpLabel}`,
}
