/** An order came through a channel that the pair has no mapping for: its sales are booked under another one, or under none. */
import { z } from 'zod'
import { knowsNo, speakOfUnmapped, unmappedTogether } from '../lenses/unmapped.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F10-unmapped-channel',
  title: 'Sales channel that nothing is mapped to',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask under which team, journal or account of the ERP its sales belong, and who remits its tax.',
    'Add it to the pair’s map of sales channels, and to the integration’s.',
  ],
  absentOn: null,
  asleep: (settings) => knowsNo(settings.salesChannels),
  together: { severity: 'medium', says: unmappedTogether },
  detect: (seen) => speakOfUnmapped(seen, 'salesChannels', 'sales channel'),
})
