/** Somebody signed a day, and facts that came late have made it another one: the signature does not stand for it any more. */
import { z } from 'zod'
import { toMajor } from '../../../domain/money.ts'
import { iso } from '../../../domain/time.ts'
import { defineRule, evidence } from '../rule.ts'

export default defineRule({
  id: 'F12-day-reopened',
  title: 'A signed day has changed',
  over: 'day',
  severity: 'high',
  params: z.object({}),
  repair: null,
  guide: [
    'Open the day under Close: it shows what was signed, what it says now, and what came since.',
    'Find out who changed a closed day: a correction belongs on a day of its own where accounts were filed already.',
    'Sign it once more when it is right.',
  ],
  absentOn: null,
  detect({ signOff, figures, late, day, currency }) {
    if (signOff === null || signOff.reopenedAt === null) return null
    const now = figures ?? { shop: 0, erp: 0, unexplained: 0, notJudged: 0 }
    const before = signOff.figures
    const amount = (minor: number) => `${toMajor(minor, currency)} ${currency}`
    return {
      kind: 'speaks',
      dueAt: signOff.reopenedAt,
      says: `${day} in ${currency} was signed off by ${signOff.signedBy} and is open again: it says other figures now.`,
      evidence: [
        evidence('When it was signed', amount(before.shop), amount(before.erp), false),
        evidence('Now', amount(now.shop), amount(now.erp), now.shop !== before.shop || now.erp !== before.erp),
        evidence('Unexplained', `${amount(before.unexplained)} → ${amount(now.unexplained)}`, null, before.unexplained !== now.unexplained),
        evidence('Not judged', `${amount(before.notJudged)} → ${amount(now.notJudged)}`, null, before.notJudged !== now.notJudged),
        ...late.map((one) => {
          const says = `${one.what}, ${iso(one.at)}`
          return evidence('Came or changed since', one.side === 'shop' ? says : null, one.side === 'erp' ? says : null, true)
        }),
      ],
    }
  },
})
