/** An invoice whose own figures do not add up as EN 16931 asks: whoever receives it electronically will refuse it. */
import { z } from 'zod'
import { subtract } from '../../../domain/decimal.ts'
import { breachesOf } from '../../../domain/en16931.ts'
import { toMinor } from '../../../domain/money.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F06-invoice-sums',
  title: 'An invoice does not add up',
  over: 'invoice',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Open the invoice in the ERP: the sums below do not hold in what it states.',
    'If it was not sent yet, recompute its taxes; else credit it and bill again.',
    'If it happens to many, the rounding setting or a price import is wrong: correct it there.',
  ],
  absentOn: null,
  detect(seen) {
    const posted = seen.copies.filter((copy) => copy.state === 'posted' || copy.state === 'paid')
    const broken = posted.flatMap((copy) => breachesOf(copy).map((breach) => ({ copy, breach })))
    const [first] = broken
    if (first === undefined) return null
    const { copy, breach } = first
    return {
      kind: 'speaks',
      amount: { minor: toMinor(subtract(breach.stated, breach.computed), copy.currency), currency: copy.currency },
      says: `${copy.kind === 'invoice' ? 'Invoice' : 'Credit note'} ${seen.subject.key} of ${seen.erpLabel} does not keep ${breach.rule}: ${breach.says} are not equal.`,
      evidence: broken.map((one) => evidence(`${one.breach.rule}: ${one.breach.says}`, null, `${one.breach.stated} against ${one.breach.computed}`, true)),
    }
  },
})
