/** The three headline panels, the strip and the health of every connection, on one page without scrolling. */
import { Button, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { AsOfView, OverviewView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Instant } from '../../parts/instant.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { useTravel } from '../../stores/travel.ts'
import { AsThen, TravelStripe } from '../../travel/as-then.tsx'
import { TravelPicker } from '../../travel/travel-picker.tsx'
import { ConnectionsPanel } from './connections-panel.tsx'
import './overview.css'
import { StockPanel } from './stock-panel.tsx'
import { Strip } from './strip.tsx'
import { TaxPanel } from './tax-panel.tsx'
import { UnmatchedPanel } from './unmatched-panel.tsx'

export function OverviewScreen(): ReactNode {
  const [pair, setPair] = useState<string | null>(null)
  const pairs = useAnswer(['pairs'], ['pairs.list'], (client, options) => client.pairs.list(undefined, options))
  const asOf = useTravel((travel) => travel.at)
  // of then nothing changes any more, but for how it is told
  const topics = asOf === null ? (['overview', 'incidents', 'connections'] as const) : (['pairs'] as const)
  const answer = useAnswer(topics, asOf === null ? ['overview.get', pair] : ['overview.get', pair, asOf], (client, options) => client.overview.get({ pair, asOf }, options))
  const choices = pairs.state === 'known' ? pairs.value : []
  return (
    <div className="screen overview">
      <header className="screen-head">
        <h1>Overview</h1>
        {choices.length < 2 ? null : (
          <Select
            aria-label="Pair"
            w={280}
            value={pair ?? ''}
            onChange={(value) => setPair(value === '' ? null : value)}
            allowDeselect={false}
            data={[{ value: '', label: 'All pairs' }, ...choices.map(({ id, shopLabel, erpLabel }) => ({ value: id, label: `${shopLabel} – ${erpLabel}` }))]}
          />
        )}
        {answer.state === 'known' && answer.value.judgedAt !== null ? (
          <AsThen>
            <span className="small dim">
              Judged <Instant at={answer.value.judgedAt} />
            </span>
          </AsThen>
        ) : null}
        <TravelPicker />
      </header>
      <TravelStripe />
      <Answered answer={answer}>{(overview) => (overview.hasConnections ? overview.hasPairs ? <AsThen><Panels overview={overview} pair={pair} /></AsThen> : <Unpaired overview={overview} /> : <FirstEver />)}</Answered>
    </div>
  )
}

function Panels({ overview, pair }: { readonly overview: OverviewView; readonly pair: string | null }): ReactNode {
  const asOf: AsOfView = { at: overview.judgedAt, staleAfterMs: overview.unmatched.asOf.staleAfterMs }
  return (
    <div className="overview-grid">
      <div className="overview-headlines">
        <UnmatchedPanel unmatched={overview.unmatched} pair={pair} />
        <StockPanel stock={overview.stock} at={overview.at} />
        <TaxPanel tax={overview.tax} pair={pair} />
      </div>
      <Strip overview={overview} asOf={asOf} />
      <ConnectionsPanel connections={overview.connections} />
    </div>
  )
}

function Unpaired({ overview }: { readonly overview: OverviewView }): ReactNode {
  return (
    <>
      <Empty title="Nothing is compared yet" action={<Button component="a" href={hrefOf('first-run')}>Pair a shop with an ERP</Button>}>
        There are connections, but no shop is paired with an ERP, so no order is looked for on the other side.
      </Empty>
      <ConnectionsPanel connections={overview.connections} />
    </>
  )
}

function FirstEver(): ReactNode {
  return (
    <Empty title="Nothing is connected yet" action={<Button component="a" href={hrefOf('first-run')}>Connect a shop and an ERP</Button>}>
      Plumbline reads your shop and your ERP side by side and shows which paid orders the ERP never heard of, how old the stock on sale is, and why the
      tax differs. It only reads, until you switch a repair on.
    </Empty>
  )
}
