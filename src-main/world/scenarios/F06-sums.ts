/** Invoice errors: one whose own figures do not add up, whatever was sold. */
import { Decimal } from '../decimal.ts'
import type { Case, Script } from '../business/stage.ts'
import { billNow } from '../integration/billing.ts'
import { onOrder, paid } from './hands.ts'
import { money, type Tools } from './scenario.ts'

/** By so much the tax is off. */
const much = new Decimal(1)

/** What is written past Odoo is computed by nobody: the total stays what it was. */
function overwritesTax(tools: Tools): Script {
  return {
    invoice(one: Case) {
      const move = billNow(tools.stage, one)
      if (move === null) return 'instead'
      move.tax = move.tax.plus(much)
      tools.stage.erp.books.moves.put(move)
      tools.plant({ subject: { kind: 'invoice', key: move.name }, amount: money(much, one) })
      return 'instead'
    },
  }
}

export const overwrittenTotals = onOrder({
  name: 'F06-tax-overwritten', rules: ['F06-invoice-sums'], critical: true, wish: { ...paid, lines: 3, trait: 'plain' },
  says: 'A script writes another tax total into an invoice: net and tax do not make its total any more.',
  twin: 'The tax of each line is rounded by itself, and what is stated adds up to the cent.', twinWish: { ...paid, lines: 3, units: 3, trait: 'plain' },
  script: overwritesTax,
})
