/** Where an order's money is between the shop's payments and the merchant's bank. */
import type { ReactNode } from 'react'
import type { ChainView, PaidOutView } from '../../../src-main/contract/order-views.ts'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { Panel } from '../../parts/panel.tsx'

const words: Readonly<Record<PaidOutView['state'], { readonly came: string; readonly back: string }>> = {
  scheduled: { came: 'To be paid out', back: 'To be taken off a payout' },
  'in-transit': { came: 'On its way to the bank since', back: 'Taken off a payout that is on its way since' },
  paid: { came: 'Paid out', back: 'Taken off a payout' },
  failed: { came: 'The bank sent it back, sent', back: 'Taken off a payout that the bank sent back, sent' },
  cancelled: { came: 'In a payout that was cancelled, planned for', back: 'Taken off a payout that was cancelled, planned for' },
  unknown: { came: 'In a payout of', back: 'Taken off a payout of' },
  expected: { came: 'In no payout yet, expected by', back: 'In no payout yet, expected by' },
}

export function PaidOut({ payouts }: { readonly payouts: ChainView['payouts'] }): ReactNode {
  return (
    <Panel title="Paid out to the bank">
      <ul className="order-incidents">
        {payouts.map((one) => (
          <li key={one.payout ?? one.state}>
            <p className="headline-facts">
              <span>
                {one.at === null ? 'In no payout yet' : words[one.state][one.gross.minor < 0 ? 'back' : 'came']}
                {one.at === null ? null : (
                  <>
                    {' '}
                    <Instant at={one.at} />
                  </>
                )}
              </span>
              <Money amount={one.net ?? one.gross} />
            </p>
            <Share one={one} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Share({ one: { payout, gross, fee } }: { readonly one: PaidOutView }): ReactNode {
  if (payout === null) return null
  return (
    <p className="small faint">
      Payout {payout}
      {fee === null || fee.minor === 0 ? null : (
        <>
          : <Money amount={gross} /> less a fee of <Money amount={fee} />
        </>
      )}
    </p>
  )
}
