/** One order's whole chain: where each piece of it stands on both sides, what its figures say, and what changed when. */
import type { ReactNode } from 'react'
import type { ChainView } from '../../../src-main/contract/order-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Diff } from '../../parts/diff.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { OutsideLink } from '../../parts/outside-link.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Severity } from '../../parts/severity.tsx'
import { State, incidentLooks, intentLooks } from '../../parts/state.tsx'
import { inOwnTime } from '../../parts/dates.ts'
import { useKeys } from '../../parts/use-keys.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { useTravel } from '../../stores/travel.ts'
import { NowLink } from '../../parts/now-link.tsx'
import { AsThen, TravelStripe } from '../../travel/as-then.tsx'
import { TravelPicker } from '../../travel/travel-picker.tsx'
import { marketWords } from '../markets.ts'
import { OfPair } from '../pair-choice.tsx'
import { actionWords } from '../words.ts'
import { Changes } from './changes.tsx'
import { PaidOut } from './paid-out.tsx'
import { Stations } from './stations.tsx'
import { TaxLines } from './tax-lines.tsx'
import { Verdict } from './verdict.tsx'
import '../screens.css'
import '../incident/incident.css'
import './orders.css'

export function OrderScreen({ id }: { readonly id: string }): ReactNode {
  return (
    <div className="screen">
      <OfPair what="each order is then followed from its payment to its invoice.">{(pair) => <PairOrder pair={pair} number={id} />}</OfPair>
    </div>
  )
}

function PairOrder({ pair, number }: { readonly pair: PairView; readonly number: string }): ReactNode {
  const asOf = useTravel((travel) => travel.at)
  const topics = asOf === null ? (['overview', 'incidents', 'replays', 'pairs'] as const) : (['pairs'] as const)
  const question = { pair: pair.id, number, asOf }
  const answer = useAnswer(topics, ['orders.chain', question], (client, options) => client.orders.chain(question, options))
  useKeys({ title: 'Order', bindings: [{ keys: 'u', does: 'Back to the orders', run: () => go('orders', null, { pair: pair.id }) }] })
  return (
    <>
      <header className="screen-head">
        <Back href={hrefOf('orders', null, { pair: pair.id })}>Orders</Back>
        <h1 className="cut" dir="auto" title={number}>
          {number}
        </h1>
        <TravelPicker />
      </header>
      <TravelStripe />
      <Answered answer={answer}>
        {(chain) => (
          <AsThen>
            <Chain chain={chain} />
          </AsThen>
        )}
      </Answered>
    </>
  )
}

function Chain({ chain }: { readonly chain: ChainView }): ReactNode {
  return (
    <>
      <p className="order-facts">
        <Verdict verdict={chain.verdict} />
        <span className="small dim">{[chain.channel, chain.market === null ? null : marketWords(chain.market)].filter((word) => word !== null).join(' · ')}</span>
      </p>
      <Stations chain={chain} />
      <div className="incident order">
        <div className="stack">
          <Panel title="Both sides’ figures" className="evidence">
            <Diff
              caption={`What ${chain.shopLabel} and ${chain.erpLabel} say of it`}
              evidence={chain.figures}
              left={<Side label={chain.shopLabel} asOf={chain.shopAsOf} />}
              right={<Side label={chain.erpLabel} asOf={chain.erpAsOf} />}
            />
          </Panel>
          {chain.tax === null ? null : <TaxLines tax={chain.tax} shopLabel={chain.shopLabel} erpLabel={chain.erpLabel} />}
        </div>
        <div className="stack">
          <Incidents incidents={chain.incidents} />
          {chain.payouts.length === 0 ? null : <PaidOut title="Paid out to the bank" payouts={chain.payouts} />}
          {chain.replays.length === 0 ? null : <Replays replays={chain.replays} />}
          {chain.tickets.length === 0 ? null : <Tickets tickets={chain.tickets} />}
          {chain.untold.length === 0 ? null : (
            <Panel title="Not kept of that moment">
              <ul className="bullets small dim">
                {chain.untold.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </Panel>
          )}
          <Changes changes={chain.changes} />
        </div>
      </div>
    </>
  )
}

function Side({ label, asOf }: { readonly label: string; readonly asOf: ChainView['shopAsOf'] }): ReactNode {
  return (
    <span className="side">
      <span dir="auto" title={label}>
        {label}
      </span>
      <span className="small dim">
        <AsOf asOf={asOf} />
      </span>
    </span>
  )
}

function Incidents({ incidents }: { readonly incidents: ChainView['incidents'] }): ReactNode {
  return (
    <Panel title="Incidents">
      {incidents.length === 0 ? (
        <p className="dim">None was ever opened about this order.</p>
      ) : (
        <ul className="order-incidents">
          {incidents.map((incident) => (
            <li key={incident.id}>
              <p className="headline-facts small">
                <Severity level={incident.severity} />
                <State look={incidentLooks[incident.state]} />
                <Money amount={incident.amount} />
              </p>
              <NowLink href={hrefOf('incidents', incident.id)} dir="auto">
                {inOwnTime(incident.says)}
              </NowLink>
              <p className="small faint">
                {incident.title}, opened <Instant at={incident.openedAt} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Customers who wrote about it, as the help desk's export says. */
function Tickets({ tickets }: { readonly tickets: ChainView['tickets'] }): ReactNode {
  return (
    <Panel title="Support tickets">
      <ul className="order-incidents">
        {tickets.map(({ id, link, openedAt, reason }) => (
          <li key={id}>
            <p className="cut" dir="auto" title={reason ?? undefined}>{reason ?? 'No reason given'}</p>
            <p className="small faint">
              {link === null ? `Ticket ${id}` : <OutsideLink url={link}>{`Ticket ${id}`}</OutsideLink>}, opened <Instant at={openedAt} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Replays({ replays }: { readonly replays: ChainView['replays'] }): ReactNode {
  return (
    <Panel title="Replays">
      <ul className="order-incidents">
        {replays.map((replay) => (
          <li key={replay.id}>
            <p className="headline-facts small">
              {replay.state === null ? <span className="dim">On its way</span> : <State look={intentLooks[replay.state]} />}
              <Instant at={replay.at} />
            </p>
            <NowLink href={hrefOf('incidents', replay.incident)}>{actionWords[replay.action].title}</NowLink>
            <p className="small dim">{inOwnTime(replay.says)}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
