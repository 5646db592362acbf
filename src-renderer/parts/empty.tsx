/** Nothing is here, and that is said with its reason: all well, nothing read yet, or nothing matches. */
import type { ReactNode } from 'react'

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  /** What can be done about it: a button or a link. */
  readonly action?: ReactNode
  /** good: nothing is here because all is well. */
  readonly tone?: 'good' | 'plain'
}

export function Empty({ title, children, action, tone = 'plain' }: EmptyProps): ReactNode {
  return (
    <div className="empty">
      {tone === 'good' ? (
        <svg className="shape tone-good" viewBox="0 0 12 12" aria-hidden="true">
          <path d="M1.75 6.5l3 3 5.5-7" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      ) : null}
      <p className="empty-title">{title}</p>
      {children === undefined ? null : <div className="dim">{children}</div>}
      {action}
    </div>
  )
}
