/** An order went to a country that the pair has no mapping for: nobody decided how it is taxed and priced. */
import { z } from 'zod'
import { knowsNo, speakOfUnmapped, unmappedTogether } from '../lenses/unmapped.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F10-unmapped-market',
  title: 'Market that nothing is mapped to',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask how orders from there are to be booked: taxes, price list, currency.',
    'Set it up in the ERP, then add the country to the pair’s map of markets.',
    'Look through the orders below: they were booked by a rule for somewhere else.',
  ],
  absentOn: null,
  asleep: (settings) => knowsNo(settings.markets),
  together: { severity: 'medium', says: unmappedTogether },
  detect: (seen) => speakOfUnmapped(seen, 'markets', 'market'),
})
