/** How bad it is, in three ways at once: a shape, a word and a colour. */
import type { ReactNode } from 'react'
import type { Severity as Level } from '../../src-main/domain/incident.ts'

export const severityWords: Readonly<Record<Level, string>> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' }

/** Full, pointed shapes for what is urgent; hollow and round ones for what is not. */
const shapes: Readonly<Record<Level, ReactNode>> = {
  critical: <path d="M4 .5h4L11.5 4v4L8 11.5H4L.5 8V4z" fill="currentColor" />,
  high: <path d="M6 .8 11.6 11H.4z" fill="currentColor" />,
  medium: <path d="M6 .8 11.2 6 6 11.2.8 6z" fill="none" stroke="currentColor" strokeWidth="2" />,
  low: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
}

export function SeverityShape({ level }: { readonly level: Level }): ReactNode {
  return (
    <svg className={`shape tone-${level}`} viewBox="0 0 12 12" aria-hidden="true">
      {shapes[level]}
    </svg>
  )
}

export function Severity({ level }: { readonly level: Level }): ReactNode {
  return (
    <span className={`state tone-${level}`}>
      <SeverityShape level={level} />
      <span>{severityWords[level]}</span>
    </span>
  )
}
