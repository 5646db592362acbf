import { describe, expect, it } from 'vitest'
import { summaryOf } from '../../src-main/shell/summary.ts'

describe('the tray', () => {
  const running = { engine: 'running', restarts: 0, says: null } as const

  it.each([
    [running, 0, { icon: 'well', says: 'No critical incidents', critical: 0 }],
    [running, 1, { icon: 'attention', says: '1 critical incident', critical: 1 }],
    [running, 12, { icon: 'attention', says: '12 critical incidents', critical: 12 }],
    [running, null, { icon: 'blind', says: 'Reading', critical: null }],
    [{ ...running, engine: 'starting' as const }, null, { icon: 'blind', says: 'Starting', critical: null }],
  ])('says how things stand (%#)', (standing, critical, summary) => {
    expect(summaryOf(standing, critical)).toEqual(summary)
  })

  it('never looks well while nothing is watched, whatever was counted before', () => {
    for (const engine of ['starting', 'restarting', 'stopped'] as const) {
      expect(summaryOf({ ...running, engine }, 0)).toMatchObject({ icon: 'blind', critical: null })
    }
  })
})
