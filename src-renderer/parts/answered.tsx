/** Draws an answer in whatever state it is: the last known with its age, never a spinner on an empty page. */
import type { ReactNode } from 'react'
import type { Answer } from '../ask.ts'
import { Empty } from './empty.tsx'
import { Failure } from './failure.tsx'
import { Instant } from './instant.tsx'

interface AnsweredProps<Output> {
  readonly answer: Answer<Output>
  readonly children: (value: Output) => ReactNode
}

export function Answered<Output>({ answer, children }: AnsweredProps<Output>): ReactNode {
  switch (answer.state) {
    case 'waiting':
      return <Empty title="Asking the engine">What was read before is shown as soon as it answers.</Empty>
    case 'failed':
      return <Failure failure={answer.failure} again={answer.again} />
    case 'known':
      return (
        <>
          {answer.failure === null ? null : (
            <div className="last-known">
              <Failure failure={answer.failure} again={answer.again} />
              <p className="small dim">
                Last known: <Instant at={answer.answeredAt} />
              </p>
            </div>
          )}
          {children(answer.value)}
        </>
      )
    default:
      return answer satisfies never
  }
}
