/** What a customer is billed by was changed by a side or a person that does not own it. */
import { z } from 'zod'
import { changesInWords } from '../lenses/outside.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F09-customer-changed-outside',
  title: 'Customer changed by somebody who does not own it',
  over: 'customer',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Ask whoever changed it why: the evidence names the user where the platform does.',
    'If it was right, let the owner’s side say the same; if not, set it back.',
    'If it is allowed, say so in the pair’s settings, under who owns what.',
  ],
  absentOn: null,
  detect: (seen) => changesInWords(seen),
})
