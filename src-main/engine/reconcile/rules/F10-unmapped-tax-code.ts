/** The shop taxed an order by a code that the pair has no mapping for: the ERP took some other one. */
import { z } from 'zod'
import { knowsNo, speakOfUnmapped, unmappedTogether } from '../lenses/unmapped.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F10-unmapped-tax-code',
  title: 'Tax code that nothing is mapped to',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask which tax of the ERP the code stands for.',
    'Add it to the pair’s map of tax codes, and to the integration’s.',
    'Look through the orders below: their tax was chosen by a default.',
  ],
  absentOn: null,
  asleep: (settings) => knowsNo(settings.taxCodes),
  together: { severity: 'medium', says: unmappedTogether },
  detect: (seen) => speakOfUnmapped(seen, 'taxCodes', 'tax code'),
})
