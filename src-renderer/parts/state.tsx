/** The states of connections, incidents and replays: each a shape, a word and a tone, from one table a kind. */
import type { ReactNode } from 'react'
import type { ConnectionState } from '../../src-main/domain/connection.ts'
import type { IncidentState } from '../../src-main/domain/incident.ts'
import type { IntentState } from '../../src-main/domain/intent.ts'

type Tone = 'good' | 'critical' | 'high' | 'medium' | 'low' | 'accent'
type Shape = 'dot' | 'ring' | 'half' | 'cross' | 'tick' | 'bar' | 'pause' | 'question'

export interface StateLook {
  readonly word: string
  readonly tone: Tone
  readonly shape: Shape
}

export const connectionLooks: Readonly<Record<ConnectionState, StateLook>> = {
  ok: { word: 'Reading', tone: 'good', shape: 'tick' },
  partial: { word: 'Partly read', tone: 'medium', shape: 'half' },
  unreachable: { word: 'Unreachable', tone: 'critical', shape: 'cross' },
  refused: { word: 'Refused', tone: 'critical', shape: 'bar' },
  new: { word: 'Not read yet', tone: 'low', shape: 'ring' },
}

export const incidentLooks: Readonly<Record<IncidentState, StateLook>> = {
  open: { word: 'Open', tone: 'high', shape: 'dot' },
  acknowledged: { word: 'Acknowledged', tone: 'accent', shape: 'half' },
  repairing: { word: 'Repairing', tone: 'accent', shape: 'half' },
  resolved: { word: 'Resolved', tone: 'good', shape: 'tick' },
  snoozed: { word: 'Snoozed', tone: 'low', shape: 'pause' },
  ignored: { word: 'Ignored', tone: 'low', shape: 'bar' },
}

export const intentLooks: Readonly<Record<IntentState, StateLook>> = {
  previewed: { word: 'Previewed', tone: 'low', shape: 'ring' },
  confirmed: { word: 'Confirmed', tone: 'accent', shape: 'half' },
  sending: { word: 'Sending', tone: 'accent', shape: 'half' },
  verified: { word: 'Verified', tone: 'good', shape: 'tick' },
  absent: { word: 'Proven absent', tone: 'medium', shape: 'ring' },
  unclear: { word: 'Unclear', tone: 'high', shape: 'question' },
  refused: { word: 'Refused', tone: 'critical', shape: 'bar' },
  stale: { word: 'Overtaken', tone: 'low', shape: 'bar' },
  expired: { word: 'Expired', tone: 'low', shape: 'cross' },
}

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.75, strokeLinecap: 'round', strokeLinejoin: 'round' } as const

const shapes: Readonly<Record<Shape, ReactNode>> = {
  dot: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4.25" {...stroke} strokeDasharray="2 2.4" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4.25" {...stroke} />
      <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" />
    </>
  ),
  cross: <path d="M2.25 2.25l7.5 7.5m0-7.5l-7.5 7.5" {...stroke} />,
  tick: <path d="M1.75 6.5l3 3 5.5-7" {...stroke} />,
  bar: (
    <>
      <circle cx="6" cy="6" r="4.25" {...stroke} />
      <path d="M3.5 6h5" {...stroke} />
    </>
  ),
  pause: <path d="M4 2v8m4-8v8" {...stroke} />,
  question: <path d="M3.5 4a2.5 2.5 0 1 1 3.6 2.2C6.3 6.6 6 7 6 7.75M6 10.4v.1" {...stroke} />,
}

export function StateShape({ look }: { readonly look: Pick<StateLook, 'tone' | 'shape'> }): ReactNode {
  return (
    <svg className={`shape tone-${look.tone}`} viewBox="0 0 12 12" aria-hidden="true">
      {shapes[look.shape]}
    </svg>
  )
}

/** `<State look={incidentLooks[incident.state]} />` */
export function State({ look }: { readonly look: StateLook }): ReactNode {
  return (
    <span className={`state tone-${look.tone}`}>
      <StateShape look={look} />
      <span>{look.word}</span>
    </span>
  )
}
