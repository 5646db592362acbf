/** Something did not work: what happened, what it means for the orders, what to do. One look for all of them. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Failure as What } from '../ask.ts'

interface FailureProps {
  readonly failure: What
  /** Offers "Try again" when given. */
  readonly again?: (() => void) | undefined
}

export function Failure({ failure, again }: FailureProps): ReactNode {
  return (
    <div className="failure" role="alert">
      <svg className="shape tone-critical" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M6 .8 11.6 11H.4zM6 4.5v3M6 9.2v.1" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
      </svg>
      <div>
        <p className="failure-what">{failure.what}</p>
        <p className="dim">
          {failure.means} {failure.todo}
        </p>
      </div>
      {again === undefined ? null : (
        <Button variant="default" onClick={again}>
          Try again
        </Button>
      )}
    </div>
  )
}
