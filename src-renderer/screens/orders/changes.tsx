/** What changed in an order's documents and when it was seen, newest first. */
import type { ReactNode } from 'react'
import type { ChainView } from '../../../src-main/contract/order-views.ts'
import { inOwnTime } from '../../parts/dates.ts'
import { Instant } from '../../parts/instant.tsx'
import { Panel } from '../../parts/panel.tsx'

type Change = ChainView['changes'][number]

const kindWords: Readonly<Record<Change['kind'], string>> = {
  first: 'first seen',
  changed: 'changed',
  gone: 'no longer there',
  back: 'there again',
}

export function Changes({ changes }: { readonly changes: readonly Change[] }): ReactNode {
  return (
    <Panel title="What changed when">
      <ol className="order-changes" aria-label="Changes, newest first">
        {changes.map((change) => (
          <li key={`${change.at} ${change.what} ${change.kind}`}>
            <span className="small faint">
              <Instant at={change.at} />
            </span>
            <div>
              <p>
                <span dir="auto">{change.what}</span> <span className="dim">{kindWords[change.kind]}</span>
              </p>
              {change.changes.length === 0 ? null : (
                <ul className="small">
                  {change.changes.map((one) => (
                    <li key={one.label}>
                      <span className="dim">{one.label}:</span> <span className="faint">{told(one.before)}</span> → {told(one.after)}
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function told(words: string | null): string {
  return words === null ? 'nothing' : inOwnTime(words)
}
