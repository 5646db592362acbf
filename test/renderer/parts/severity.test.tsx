// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { connectionStates } from '../../../src-main/domain/connection.ts'
import { incidentStates, severities } from '../../../src-main/domain/incident.ts'
import { intentStates } from '../../../src-main/domain/intent.ts'
import { Severity } from '../../../src-renderer/parts/severity.tsx'
import { State, connectionLooks, incidentLooks, intentLooks } from '../../../src-renderer/parts/state.tsx'

afterEach(cleanup)

describe('colour never stands alone', () => {
  it('each severity has a word and a shape of its own', () => {
    const drawn = severities.map((level) => {
      const { container } = render(<Severity level={level} />)
      return { word: container.textContent, shape: container.querySelector('svg')?.innerHTML }
    })
    expect(drawn.map(({ word }) => word)).toEqual(['Critical', 'High', 'Medium', 'Low'])
    expect(new Set(drawn.map(({ shape }) => shape)).size).toBe(severities.length)
  })

  it.each([
    ['connections', connectionStates.map((state) => connectionLooks[state])],
    ['incidents', incidentStates.map((state) => incidentLooks[state])],
    ['replays', intentStates.map((state) => intentLooks[state])],
  ])('no two states of %s share their word, and those that share a shape differ in tone', (_, looks) => {
    expect(new Set(looks.map(({ word }) => word)).size).toBe(looks.length)
    for (const look of looks) {
      const { container } = render(<State look={look} />)
      expect(container.textContent).toBe(look.word)
      expect(container.querySelector('svg')).not.toBeNull()
      cleanup()
    }
  })
})
