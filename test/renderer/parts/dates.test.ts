import { describe, expect, it } from 'vitest'
import { exact, relative } from '../../../src-renderer/parts/dates.ts'

const now = Date.UTC(2026, 5, 2, 9)
const read = (at: number): string => relative(at, now).replaceAll(/\s/g, ' ')

describe('a moment is told relative to now', () => {
  it.each([
    [0, 'just now'],
    [9_999, 'just now'],
    [14_000, '10 s ago'],
    [19_000, '10 s ago'],
    [59_000, '50 s ago'],
    [61_000, '1 min ago'],
    [7_300_000, '2 h ago'],
    [-600, 'just now'],
    [-5_000, 'in a moment'],
    [-95_000, 'in 1 min'],
  ])('%i ms before as "%s"', (before, told) => {
    expect(read(now - before)).toBe(told)
  })

  it('as its day once it is a month old', () => {
    expect(read(now - 40 * 86_400_000)).toBe('2026-04-23')
  })
})

it('tells the exact moment with its zone, and leads back to the same second', () => {
  const written = exact(now)
  expect(written).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC[+−]\d\d:\d\d$/)
  expect(Date.parse(written.replace(' ', 'T').replace(' UTC', '').replace('−', '-'))).toBe(now)
})
