/** The integration made an ERP order and left no trace on it: from its number alone nobody finds the run that made it. */
import { z } from 'zod'
import { actorOf } from '../../../domain/pair.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F09-trace-missing',
  title: 'Order without a trace of where it came from',
  over: 'chain',
  severity: 'low',
  params: z.object({
    expected: z.boolean().default(false).meta({ title: 'A trace is expected', description: 'Whether the integration is to leave a trace on every order that it makes; many leave the order’s number alone.' }),
  }),
  repair: null,
  guide: [
    'Find the run of the integration that made the order: its log, at the moment that is named below.',
    'Let the integration write where an order came from into the field that it uses for all others.',
  ],
  absentOn: null,
  asleep: (_settings, { expected }) => !expected,
  detect(seen, { params }) {
    if (!params.expected || seen.shop === null) return null
    const untraced = seen.live.filter((order) => order.trace === null && actorOf(order.createdBy, seen) === 'integration')
    const [first] = untraced
    if (first === undefined) return null
    return {
      kind: 'speaks',
      says: `${first.number ?? first.id} of ${seen.erpLabel} was made by the integration and does not say where it came from.`,
      evidence: untraced.slice(0, 20).map((one) => evidence('Document', null, `${one.number ?? one.id}: made by ${one.createdBy ?? ''}, no trace`, true)),
    }
  },
})
