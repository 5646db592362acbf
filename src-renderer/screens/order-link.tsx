/** An order's number that leads to its whole chain. */
import type { ReactNode } from 'react'
import { hrefOf } from '../stores/navigation.ts'

interface OrderLinkProps {
  readonly pair: string
  readonly number: string
}

export function OrderLink({ pair, number }: OrderLinkProps): ReactNode {
  return (
    <a className="cut" title={number} href={hrefOf('orders', number, { pair })}>
      {number}
    </a>
  )
}
