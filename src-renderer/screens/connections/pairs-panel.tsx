/** Which shop belongs to which ERP, and the way to what they agreed on. */
import type { ReactNode } from 'react'
import type { ConnectionView, PairView } from '../../../src-main/contract/views.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Cut } from '../../parts/cut.tsx'
import { Panel } from '../../parts/panel.tsx'
import { hrefOf } from '../../stores/navigation.ts'

export function Pairs({
  connections,
}: {
  readonly connections: readonly ConnectionView[]
}): ReactNode {
  const answer = useAnswer(['pairs'], ['pairs.list'], (client, options) =>
    client.pairs.list(undefined, options),
  )
  const possible =
    connections.some(({ role }) => role === 'shop') &&
    connections.some(({ role }) => role === 'erp')
  return (
    <Panel
      title="Pairs"
      aside={possible ? <a href={hrefOf('pairs')}>Pair a shop with an ERP…</a> : undefined}
    >
      <Answered answer={answer}>
        {(pairs) =>
          pairs.length === 0 ? (
            <p className="dim">
              {possible
                ? 'Nothing is compared until a shop is paired with an ERP.'
                : 'A pair needs a shop and an ERP. Connect the one that is missing.'}
            </p>
          ) : (
            <ul className="pairs">
              {pairs.map((pair) => (
                <li key={pair.id}>
                  <a className="pair-line" href={hrefOf('pairs', pair.id)}>
                    <Cut text={pair.shopLabel} />
                    <span aria-hidden="true" className="faint">
                      ↔
                    </span>
                    <span className="unseen">with</span>
                    <Cut text={pair.erpLabel} />
                    <span className="small dim">{summaryOf(pair)}</span>
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  )
}

function summaryOf({ settings }: PairView): string {
  const since = settings.since === null ? 'everything read' : `since ${settings.since.slice(0, 10)}`
  const places = Object.keys(settings.locations).length
  return [
    since,
    `${settings.graceMinutes} min grace`,
    places === 0 ? null : `${places} ${places === 1 ? 'location' : 'locations'}`,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
