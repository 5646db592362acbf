/** What happened to an incident, newest first, with who did it. */
import type { ReactNode } from 'react'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import { Instant } from '../../parts/instant.tsx'
import { inOwnTime } from '../../parts/dates.ts'
import { Panel } from '../../parts/panel.tsx'
import { Comment } from './comment.tsx'

interface TimelineProps {
  readonly id: string
  readonly entries: IncidentView['timeline']
}

export function Timeline({ id, entries }: TimelineProps): ReactNode {
  const newestFirst = entries.toSorted((left, right) => right.at - left.at)
  return (
    <Panel title="Timeline">
      <Comment key={id} id={id} />
      {newestFirst.length === 0 ? (
        <p className="dim">Nothing has happened to it since it was opened.</p>
      ) : (
        <ol className="timeline">
          {newestFirst.map((entry, index) => (
            <li key={`${entry.at} ${entry.what} ${index}`}>
              <span className="small dim">
                <Instant at={entry.at} />
              </span>
              <span className="timeline-who" dir="auto" title={entry.who}>
                {entry.who}
              </span>
              <span className="timeline-says" dir="auto">
                {inOwnTime(entry.says)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
