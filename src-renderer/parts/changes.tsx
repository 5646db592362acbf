/** What was changed before about one thing, newest first: who, when, from what to what, and why. */
import type { ReactNode } from 'react'
import type { ChangeView } from '../../src-main/contract/duty-views.ts'
import { Instant } from './instant.tsx'
import './changes.css'

interface ChangesProps {
  readonly changes: readonly ChangeView[]
  /** What a name of the trail is called on the screen, and a value of it. */
  readonly whatOf: (what: string) => string
  readonly valueOf: (what: string, value: string) => string
  /** Said of when it was made. */
  readonly began: string
}

export function Changes({ changes, whatOf, valueOf, began }: ChangesProps): ReactNode {
  return (
    <ol className="changes">
      {changes.map((change) => (
        <li key={`${change.at} ${change.changes.map((one) => one.what).join()}`}>
          <span className="small dim">
            <Instant at={change.at} /> · <span dir="auto">{change.who}</span>
          </span>
          {change.began ? <span className="change">{began}</span> : null}
          {change.changes.map((one) => (
            <span key={one.what} className="change" dir="auto">
              {whatOf(one.what)}: {valueOf(one.what, one.before)} → {valueOf(one.what, one.after)}
            </span>
          ))}
          {change.why === null ? null : (
            <span className="change dim" dir="auto">
              Why: {change.why}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
