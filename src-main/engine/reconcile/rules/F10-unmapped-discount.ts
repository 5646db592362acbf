/** An order has a discount by a code that the pair has no mapping for: nobody decided whose cost it is and how it is booked. */
import { z } from 'zod'
import { knowsNo, speakOfUnmapped, unmappedTogether } from '../lenses/unmapped.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F10-unmapped-discount',
  title: 'Discount that nothing is mapped to',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask which promotion it is, and how the ERP is to book it: on the price, or as a line of its own.',
    'Set it up in the ERP, then add the code to the pair’s map of discounts; SUMMER-* there stands for all that begin so.',
  ],
  absentOn: null,
  asleep: (settings) => knowsNo(settings.discountCodes),
  together: { severity: 'medium', says: unmappedTogether },
  detect: (seen) => speakOfUnmapped(seen, 'discountCodes', 'discount code'),
})
