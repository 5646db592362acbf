/** How far each stream of a connection was read: from when, up to when, how much, and what went wrong on the way. */
import type { ReactNode } from 'react'
import type { ConnectionView } from '../../../src-main/contract/views.ts'
import { faultClasses } from '../../../src-main/domain/fault.ts'
import { exact } from '../../parts/dates.ts'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { count } from '../../parts/numbers.ts'
import { Panel } from '../../parts/panel.tsx'
import { StateShape } from '../../parts/state.tsx'
import { faultWords, streamWords } from '../words.ts'

type Stream = ConnectionView['streams'][number]

export function Streams({ connection }: { readonly connection: ConnectionView }): ReactNode {
  return (
    <Panel title="What was read" aside={<Reads connection={connection} />}>
      {connection.streams.length === 0 ? (
        <p className="dim">
          Nothing yet. The first pass begins in a moment; large shops take a while.
        </p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Stream</th>
              <th scope="col">Complete up to</th>
              <th scope="col">From</th>
              <th scope="col" className="number">
                Kept
              </th>
              <th scope="col" className="number">
                Last pass
              </th>
              <th scope="col">Faults</th>
            </tr>
          </thead>
          <tbody>
            {connection.streams.map((stream) => (
              <StreamLine key={stream.stream} stream={stream} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function Reads({ connection }: { readonly connection: ConnectionView }): ReactNode {
  if (connection.lastReadAt === null) return 'not read yet'
  return (
    <>
      last read <Instant at={connection.lastReadAt} />
      {connection.nextReadAt === null ? null : (
        <>
          , next <Instant at={connection.nextReadAt} />
        </>
      )}
    </>
  )
}

function StreamLine({ stream }: { readonly stream: Stream }): ReactNode {
  return (
    <tr>
      <th scope="row">{streamWords[stream.stream]}</th>
      <td>
        <AsOf asOf={{ at: stream.coveredTo, staleAfterMs: stream.staleAfterMs }} />
      </td>
      <td className="dim">
        {stream.coveredFrom === null ? (
          '—'
        ) : (
          <span title={exact(stream.coveredFrom)}>{exact(stream.coveredFrom).slice(0, 10)}</span>
        )}
      </td>
      <td className="number">{count(stream.recordsHeld)}</td>
      <td className="number dim">
        {stream.lastPassMs === null
          ? '—'
          : `${count(stream.recordsLastPass)} in ${passSeconds(stream.lastPassMs)} s`}
      </td>
      <td>
        <Faults faults={stream.faults} />
      </td>
    </tr>
  )
}

/** One digit after the point: passes take from a tenth of a second to minutes. */
function passSeconds(ms: number): string {
  return (Math.round(ms / 100) / 10).toFixed(1)
}

function Faults({ faults }: { readonly faults: Stream['faults'] }): ReactNode {
  const met = faultClasses.filter((each) => (faults[each] ?? 0) > 0)
  if (met.length === 0) return <span className="faint">none</span>
  return (
    <span className="state tone-high faults">
      <StateShape look={{ tone: 'high', shape: 'cross' }} />
      {met.map((each) => `${count(faults[each] ?? 0)} × ${faultWords[each]}`).join(', ')}
    </span>
  )
}
