/** Whether what was told of a fault that was found is so: its cause, and the money that the world's own books know to be at stake. */
import { digitsOf } from '../../src-main/world/decimal.ts'
import type { Planted } from '../../src-main/world/world.ts'
import type { Said } from './score.ts'

type Amount = NonNullable<Planted['amount']>

/** Null where nothing was to be named: not found, or the world knows of no cause. */
export function causeTold({ cause }: Planted, said: Said | null): 'right' | 'open' | 'wrong' | null {
  if (said === null || cause === null) return null
  if (said.cause === cause) return 'right'
  return said.cause === null || said.cause === 'ambiguous' || said.cause === 'unexplained' ? 'open' : 'wrong'
}

/**
 * Null where no figure is owed: nothing was said, many are told together, another rule spoke in its place, or nobody
 * knows the figure beforehand. Money told where the label has none is as wrong as another figure.
 */
export function amountTold({ rule, subject, amount, unpriced }: Planted, said: Said | null): 'right' | 'wrong' | null {
  if (said === null || unpriced !== undefined || said.rule !== rule || said.key !== subject.key) return null
  if (amount === null) return said.amount === null ? null : 'wrong'
  const isSame = said.amount !== null && said.amount.currency === amount.currency && said.amount.minor === minorOf(amount)
  return isSame ? 'right' : 'wrong'
}

/** Both figures, for whoever has to find which of the two is out. */
export function amountsInWords({ amount }: Planted, said: Said | null): string {
  const told = said?.amount ?? null
  return `was told to be of ${minorInWords(told)}, and is of ${minorInWords(amount === null ? null : { minor: minorOf(amount), currency: amount.currency })}`
}

function minorInWords(amount: Said['amount']): string {
  return amount === null ? 'no money' : `${amount.minor} minor units ${amount.currency}`
}

function minorOf({ value, currency }: Amount): number {
  return value.times(`1e${digitsOf(currency)}`).toNumber()
}
