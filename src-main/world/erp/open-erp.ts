/** Opens an ERP with empty books, in which everything that the interface names may be done. */
import { creditMoves } from './credits.ts'
import { deliveryMoves } from './deliveries.ts'
import type { Erp } from './erp.ts'
import { invoiceMoves } from './invoices.ts'
import { type ErpFacts, openLedger } from './ledger.ts'
import { masterMoves } from './masters.ts'
import { returnMoves } from './returns.ts'
import { saleMoves } from './sales.ts'
import { stockCounts } from './stock.ts'

export function openErp(facts: ErpFacts): Erp {
  const ledger = openLedger(facts)
  return {
    books: ledger.books,
    get rounding() {
      return ledger.rounding
    },
    ...masterMoves(ledger),
    ...saleMoves(ledger),
    ...deliveryMoves(ledger),
    ...returnMoves(ledger),
    ...stockCounts(ledger),
    ...invoiceMoves(ledger),
    ...creditMoves(ledger),
  }
}
