/** How far the queue can be trusted: when both sides were last compared, and how much was left unjudged. */
import type { ReactNode } from 'react'
import { useAnswer } from '../../ask.ts'
import { Instant } from '../../parts/instant.tsx'
import { count } from '../../parts/numbers.ts'
import { StateShape } from '../../parts/state.tsx'

export function Judged(): ReactNode {
  const answer = useAnswer(['overview'], ['overview.get', null], (client, options) =>
    client.overview.get({ pair: null }, options),
  )
  if (answer.state !== 'known' || answer.value.judgedAt === null) return null
  const { judgedAt, notJudged } = answer.value
  const left = notJudged.reduce((sum, reason) => sum + reason.count, 0)
  return (
    <p className="judged small dim">
      {left === 0 ? null : (
        <span
          className="state tone-medium"
          title={notJudged.map((reason) => `${count(reason.count)}: ${reason.why}`).join('\n')}
        >
          <StateShape look={{ tone: 'medium', shape: 'question' }} />
          {count(left)} not judged
        </span>
      )}
      <span>
        compared <Instant at={judgedAt} />
      </span>
    </p>
  )
}
