/** The ERP put an order into a status that the pair has no mapping for: the shop cannot be told of it. */
import { z } from 'zod'
import { knowsNo, speakOfUnmapped, unmappedTogether } from '../lenses/unmapped.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F10-unmapped-status',
  title: 'Status that nothing is mapped to',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask what the status means: still a draft, open, done or cancelled.',
    'Add it to the pair’s map of statuses, and to the integration’s.',
  ],
  absentOn: null,
  asleep: (settings) => knowsNo(settings.statusMap),
  together: { severity: 'medium', says: unmappedTogether },
  detect: (seen) => speakOfUnmapped(seen, 'statusMap', 'ERP status'),
})
