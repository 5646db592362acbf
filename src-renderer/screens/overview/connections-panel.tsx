/** The health of every connection: its state in words, and each stream's age drawn against its promise. */
import { type ReactNode, useId } from 'react'
import type { ConnectionView } from '../../../src-main/contract/views.ts'
import { type StreamName, streamNames } from '../../../src-main/domain/records.ts'
import { Freshness } from '../../charts/freshness.tsx'
import { NowLink } from '../../parts/now-link.tsx'
import { State, connectionLooks } from '../../parts/state.tsx'
import { hrefOf } from '../../stores/navigation.ts'
import { roleWords, streamWords } from '../words.ts'

const worstFirst: readonly ConnectionView['state'][] = ['refused', 'unreachable', 'partial', 'new', 'ok']

export function ConnectionsPanel({ connections }: { readonly connections: readonly ConnectionView[] }): ReactNode {
  const sorted = connections.toSorted((left, right) => worstFirst.indexOf(left.state) - worstFirst.indexOf(right.state))
  const id = useId()
  const columns = streamNames.filter((name) => connections.some((connection) => connection.streams.some((each) => each.stream === name)))
  return (
    <section className="panel connections-panel" aria-labelledby={id}>
      <div className="health" tabIndex={connections.length > 4 ? 0 : undefined} role="region" aria-label="Health of every connection">
        <table>
          <caption className="unseen">Each stream’s age, and its bar against what is promised for it</caption>
          <thead>
            <tr>
              <th scope="col" className="health-title">
                <h2 id={id}>Connections</h2>
              </th>
              <th scope="col">
                <span className="unseen">State</span>
              </th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {streamWords[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((connection) => (
              <ConnectionRow key={connection.id} connection={connection} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function ConnectionRow({ connection, columns }: { readonly connection: ConnectionView; readonly columns: readonly StreamName[] }): ReactNode {
  const { says } = connection
  return (
    <>
      <tr>
        <th scope="row">
          <NowLink className="row-link cut" href={hrefOf('connections', connection.id)} title={connection.label}>
            <span className="faint">{roleWords[connection.role]}</span> {connection.label}
          </NowLink>
        </th>
        <td>
          <span title={connection.lastReadAt === null ? undefined : 'Last read'}>
            <State look={connectionLooks[connection.state]} />
          </span>
        </td>
        {columns.map((name) => {
          const stream = connection.streams.find((each) => each.stream === name)
          return <td key={name}>{stream === undefined ? null : <Freshness of={streamWords[name]} asOf={{ at: stream.coveredTo, staleAfterMs: stream.staleAfterMs }} />}</td>
        })}
      </tr>
      {says === null ? null : (
        <tr className="health-says">
          <td colSpan={columns.length + 2}>{says}</td>
        </tr>
      )}
    </>
  )
}
