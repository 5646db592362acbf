/** What stands beside a pane's figure: the few rows behind it, the curve of the stock, or how each connection is. */
import type { ReactNode } from 'react'
import type { ConnectionView, OverviewView } from '../../../src-main/contract/views.ts'
import { Freshness } from '../../charts/freshness.tsx'
import { StalenessChart } from '../../charts/staleness-chart.tsx'
import { State, connectionLooks } from '../../parts/state.tsx'
import { streamWords } from '../words.ts'
import { type Line, type Pane, shownConnections, weakestStream } from './panes.ts'

interface WallBesideProps {
  readonly pane: Pane
  readonly overview: OverviewView
  /** Draws a text as the pane's age allows it. */
  readonly struck: (text: string) => ReactNode
}

/** Chart letters in hundredths of the screen's height, as large as the smallest words of the wall. */
const chartLetters = 0.028

export function WallBeside({ pane, overview, struck }: WallBesideProps): ReactNode {
  switch (pane.id) {
    case 'unmatched':
    case 'tax':
      return <Lines lines={pane.lines} struck={struck} />
    case 'stock':
      return (
        <div className="wall-beside">
          {overview.stock.series.every((point) => point.p95Ms === null) ? null : (
            <StalenessChart
              series={overview.stock.series}
              targetMs={overview.stock.targetMs}
              staleAfterMs={pane.asOf.staleAfterMs}
              letterPixels={Math.round(window.innerHeight * chartLetters)}
            />
          )}
          <Lines lines={pane.lines} struck={struck} />
        </div>
      )
    case 'connections':
      return (
        <ul className="wall-beside wall-connections">
          {shownConnections(overview.connections).map((connection) => (
            <ConnectionLine key={connection.id} connection={connection} />
          ))}
        </ul>
      )
    default:
      return pane.id satisfies never
  }
}

function Lines({ lines, struck }: { readonly lines: readonly Line[]; readonly struck: (text: string) => ReactNode }): ReactNode {
  return (
    <ul className="wall-beside wall-lines">
      {lines.map((line) => (
        <li key={`${line.name} ${line.value}`}>
          <span className="cut">{line.name}</span>
          <span className="wall-note">{line.note}</span>
          <b>{struck(line.value)}</b>
        </li>
      ))}
    </ul>
  )
}

function ConnectionLine({ connection }: { readonly connection: ConnectionView }): ReactNode {
  const weakest = weakestStream(connection)
  return (
    <li>
      <div>
        <span className="cut">{connection.label}</span>
        <State look={connectionLooks[connection.state]} />
      </div>
      {weakest === null ? null : (
        <div>
          <span className="wall-note">{streamWords[weakest.stream]}</span>
          <Freshness of={streamWords[weakest.stream]} asOf={{ at: weakest.coveredTo, staleAfterMs: weakest.staleAfterMs }} />
        </div>
      )}
    </li>
  )
}
