/** Where money is between the shop's payments and the merchant's bank: of one order, or of a day. */
import type { ReactNode } from 'react'
import type { PaidOutView } from '../../../src-main/contract/order-views.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import { dayOf, exact } from '../../parts/dates.ts'
import { Money } from '../../parts/money.tsx'
import { Panel } from '../../parts/panel.tsx'
import './orders.css'

const words: Readonly<Record<PaidOutView['state'], { readonly came: string; readonly back: string }>> = {
  scheduled: { came: 'To be paid out on', back: 'To be taken off a payout on' },
  'in-transit': { came: 'On its way to the bank since', back: 'Taken off a payout that is on its way since' },
  paid: { came: 'Paid out on', back: 'Taken off a payout of' },
  failed: { came: 'Sent back by the bank, sent on', back: 'Taken off a payout that the bank sent back, sent on' },
  cancelled: { came: 'In a payout that was cancelled, planned for', back: 'Taken off a payout that was cancelled, planned for' },
  unknown: { came: 'In a payout of', back: 'Taken off a payout of' },
  expected: { came: 'In no payout yet, expected by', back: 'In no payout yet, expected by' },
}

export function PaidOut({ title, payouts }: { readonly title: string; readonly payouts: readonly PaidOutView[] }): ReactNode {
  return (
    <Panel title={title}>
      <ul className="order-incidents">
        {payouts.map((one) => (
          <li key={`${one.payout ?? one.state} ${one.gross.currency}`}>
            <p className="headline-facts">
              <span>
                {one.at === null ? 'In no payout yet' : words[one.state][one.gross.minor < 0 ? 'back' : 'came']}
                {one.at === null ? null : (
                  <>
                    {' '}
                    <Day at={one.at} />
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

/** A bank works by days: the hour would promise more than anybody keeps. */
function Day({ at }: { readonly at: Instant }): ReactNode {
  return (
    <time dateTime={new Date(at).toISOString()} title={exact(at)} className="instant">
      {dayOf(at)}
    </time>
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
