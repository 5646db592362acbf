/** An ERP document was changed by a user whom the pair does not know: nobody can say who it was, or on whose behalf. */
import { z } from 'zod'
import { unknownChangesInWords } from '../lenses/outside.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'F09-change-without-identity',
  title: 'Order or invoice changed by a user nobody knows',
  over: 'chain',
  severity: 'medium',
  params: z.object({}),
  repair: null,
  guide: [
    'Look the user up in the ERP: a script, the system itself, somebody new, an account that should be closed.',
    'If the user is known, say in the pair’s settings whether it is the integration or a person.',
    'If what was changed is wrong, set it back, and let scripts write with a user of their own.',
  ],
  absentOn: null,
  asleep: ({ owners }) => owners.order === undefined && owners.invoice === undefined,
  detect: (seen) => unknownChangesInWords(seen),
})
