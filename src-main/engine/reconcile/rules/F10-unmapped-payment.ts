/** An order was paid in a way that the pair has no mapping for: its money lands on a default account, or on none. */
import { z } from 'zod'
import { knowsNo, speakOfUnmapped, unmappedTogether } from '../lenses/unmapped.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F10-unmapped-payment',
  title: 'Way to pay that nothing is mapped to',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask on which journal of the ERP its payments belong, and by which payout they arrive.',
    'Add it to the pair’s map of ways to pay, and to the integration’s.',
  ],
  absentOn: null,
  asleep: (settings) => knowsNo(settings.paymentMethods),
  together: { severity: 'medium', says: unmappedTogether },
  detect: (seen) => speakOfUnmapped(seen, 'paymentMethods', 'way to pay'),
})
