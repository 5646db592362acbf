/** An amount with its currency, exact to the currency's own digits, its figures aligned under each other. */
import type { ReactNode } from 'react'
import type { Money as Amount } from '../../src-main/domain/money.ts'
import { amountOf } from './numbers.ts'

/** `signed` writes a plus too, for differences; null is a dash. */
export function Money({ amount, signed = false }: { readonly amount: Amount | null; readonly signed?: boolean }): ReactNode {
  if (amount === null) return <span className="faint">—</span>
  return (
    <span className="money">
      <span className="money-amount">{amountOf(amount, signed)}</span>
      <span className="money-currency">{amount.currency}</span>
    </span>
  )
}
