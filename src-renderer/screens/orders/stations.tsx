/** The chain as a line of stations: what is there, a gap where something is missing, and a question where nobody can say. */
import type { ReactNode } from 'react'
import type { ChainView, StationView } from '../../../src-main/contract/order-views.ts'
import { inOwnTime } from '../../parts/dates.ts'
import { Instant } from '../../parts/instant.tsx'
import { Money } from '../../parts/money.tsx'
import { count } from '../../parts/numbers.ts'
import { StateShape } from '../../parts/state.tsx'
import { stationLooks, stationWords } from './looks.ts'

/** Nothing is given back of most orders: these stand in the line only when they have something to say. */
const seldom: readonly StationView['kind'][] = ['refund', 'credit-note']

const documentsInPlace = 2

export function Stations({ chain }: { readonly chain: ChainView }): ReactNode {
  const shown = chain.stations.filter((station) => station.state !== 'none' || !seldom.includes(station.kind))
  return (
    <section className="panel stations-panel" aria-label="The chain, station by station">
      <ol className="stations">
        {shown.map((station) => (
          <Station key={station.kind} station={station} side={station.side === 'shop' ? chain.shopLabel : chain.erpLabel} />
        ))}
      </ol>
    </section>
  )
}

function Station({ station, side }: { readonly station: StationView; readonly side: string }): ReactNode {
  const look = stationLooks[station.state]
  const isThere = station.state === 'there' || station.state === 'partly'
  const word = isThere && station.word !== '' ? station.word : look.word
  return (
    <li className="station" data-state={station.state}>
      <span className="station-mark">
        <StateShape look={look} />
      </span>
      <h2 className="station-title">{stationWords[station.kind]}</h2>
      <p className="small faint cut" title={side}>
        {station.side === 'shop' ? 'Shop' : 'ERP'}
      </p>
      <p className={`station-word tone-${look.tone}`}>{word}</p>
      {station.amount === null ? null : (
        <p className="station-amount">
          <Money amount={station.amount} />
        </p>
      )}
      {station.at === null ? null : (
        <p className="small dim">
          <Instant at={station.at} />
        </p>
      )}
      {station.dueAt === null ? null : (
        <p className="small dim">
          due <Instant at={station.dueAt} />
        </p>
      )}
      {station.why === null || (station.state === 'not-due' && station.dueAt !== null) ? null : <p className="small dim station-why">{inOwnTime(station.why)}</p>}
      <Documents documents={station.documents} />
    </li>
  )
}

function Documents({ documents }: { readonly documents: StationView['documents'] }): ReactNode {
  if (documents.length === 0) return null
  return (
    <ul className="station-documents small">
      {documents.slice(0, documentsInPlace).map((document) => (
        <li key={document.id} data-dead={document.stands ? undefined : true}>
          <span className="cut" title={`${document.name}: ${document.word}`}>
            {document.name}
          </span>
          {document.stands ? null : <span className="dim">{document.word}</span>}
          {document.says.map((word) => (
            <span key={word} className="cut faint" title={word}>
              {word}
            </span>
          ))}
        </li>
      ))}
      {documents.length > documentsInPlace ? (
        <li className="faint" title={documents.map((document) => document.name).join(', ')}>
          and {count(documents.length - documentsInPlace)} more
        </li>
      ) : null}
    </ul>
  )
}
