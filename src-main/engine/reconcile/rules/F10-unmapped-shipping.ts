/** An order was shipped by a method that the pair has no mapping for: its cost is booked on a default, or not at all. */
import { z } from 'zod'
import { knowsNo, speakOfUnmapped, unmappedTogether } from '../lenses/unmapped.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F10-unmapped-shipping',
  title: 'Shipping method that nothing is mapped to',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask which product or carrier of the ERP the method stands for.',
    'Add it to the pair’s map of shipping methods, and to the integration’s.',
  ],
  absentOn: null,
  asleep: (settings) => knowsNo(settings.shippingMethods),
  together: { severity: 'medium', says: unmappedTogether },
  detect: (seen) => speakOfUnmapped(seen, 'shippingMethods', 'shipping method'),
})
