/** An invoice that does not keep what EN 16931 asks of its own figures: whoever receives it electronically will refuse it. */
import { z } from 'zod'
import { subtract } from '../../../domain/decimal.ts'
import { type Breach, breachesOf } from '../../../domain/en16931.ts'
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
    'Open the invoice in the ERP: what is below does not hold in what it states.',
    'Where a number of the buyer is missing, enter it at the customer; where rate and kind of tax contradict each other, correct the tax in the ERP.',
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
      amount: breach.kind === 'sum' ? { minor: toMinor(subtract(breach.stated, breach.computed), copy.currency), currency: copy.currency } : null,
      says: `${copy.kind === 'invoice' ? 'Invoice' : 'Credit note'} ${seen.subject.key} of ${seen.erpLabel} does not keep ${breach.rule}: ${breach.kind === 'sum' ? `${breach.says} are not equal` : breach.says}.`,
      evidence: broken.map((one) => evidenceOf(one.breach)),
    }
  },
})

function evidenceOf(breach: Breach) {
  if (breach.kind === 'statement') return evidence(breach.rule, null, breach.says, true)
  return evidence(`${breach.rule}: ${breach.says}`, null, `${breach.stated} against ${breach.computed}`, true)
}
