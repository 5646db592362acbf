/** A rule's history speaks the words of its form. */
import { describe, expect, it } from 'vitest'
import { changedWhat } from '../../../src-renderer/screens/rules/changed-what.ts'

const fields = [{ name: 'graceMinutes', label: 'Grace minutes' }]

describe('a change of a rule', () => {
  it.each([
    ['severity', 'Severity'],
    ['params.graceMinutes', 'Grace minutes'],
    ['markets.FR.graceMinutes', 'Grace minutes in FR'],
    ['params.goneWithAnOlderVersion', 'goneWithAnOlderVersion'],
  ])('of %s is called %s', (what, words) => {
    expect(changedWhat(what, fields)).toBe(words)
  })
})
