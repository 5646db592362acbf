/** What a test of a connection found: each step with its word, and the clock in words. */
import type { ReactNode } from 'react'
import type { CheckView } from '../../../src-main/contract/views.ts'
import { type StateLook, State, StateShape } from '../../parts/state.tsx'
import { clockWords } from './clock-words.ts'

const looks: Readonly<Record<CheckView['steps'][number]['state'], StateLook>> = {
  ok: { word: 'Fine', tone: 'good', shape: 'tick' },
  warning: { word: 'Look at this', tone: 'medium', shape: 'half' },
  failed: { word: 'Failed', tone: 'critical', shape: 'cross' },
}

interface CheckStepsProps {
  readonly check: CheckView
  /** True when the form was changed after the test. */
  readonly outdated: boolean
}

export function CheckSteps({ check, outdated }: CheckStepsProps): ReactNode {
  const namesClock = check.steps.some((step) => /clock/i.test(step.title))
  const clock = clockWords(check.clockOffsetMs, 'the other computer')
  return (
    <section
      className="check"
      aria-label="What the test found"
      data-outdated={outdated || undefined}
    >
      <h3>{titleOf(check, outdated)}</h3>
      <ul>
        {check.steps.map((step, index) => (
          <li key={`${index} ${step.title}`}>
            <State look={looks[step.state]} />
            <span className="check-title">{step.title}</span>
            <span className="check-says">{step.says}</span>
          </li>
        ))}
        {namesClock || check.clockOffsetMs === null ? null : (
          <li>
            <State look={looks[clock.fine ? 'ok' : 'warning']} />
            <span className="check-title">Compare clocks</span>
            <span className="check-says">
              {clock.says} {clock.todo}
            </span>
          </li>
        )}
      </ul>
    </section>
  )
}

function titleOf(check: CheckView, outdated: boolean): ReactNode {
  if (outdated) return 'Tested before you changed something: test again'
  const failed = check.steps.filter((step) => step.state === 'failed').length
  const warned = check.steps.filter((step) => step.state === 'warning').length
  if (!check.ok) {
    return (
      <span className="state">
        <StateShape look={looks.failed} />
        {failed > 1 ? `${failed} steps failed` : 'It does not work yet'}
      </span>
    )
  }
  return (
    <span className="state">
      <StateShape look={looks.ok} />
      {warned === 0 ? 'Everything works' : 'It works; look at what is marked'}
    </span>
  )
}
