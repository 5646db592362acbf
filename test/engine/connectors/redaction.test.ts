import { describe, expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import { newRedaction } from '../../../src-main/engine/connectors/redaction.ts'

describe('redaction', () => {
  const key = 'sk_ab"c/d+e f=1'

  it('takes a secret out in every shape that a server may echo it in', () => {
    const redaction = newRedaction()
    redaction.hide(key)
    const shapes = [
      key,
      encodeURIComponent(key),
      JSON.stringify(key),
      Buffer.from(key).toString('base64'),
      `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    ]
    for (const shape of shapes) {
      const cleaned = redaction.clean(`echo ${shape} end`)
      expect(cleaned).not.toContain('sk_ab')
      expect(cleaned).not.toContain(Buffer.from(key).toString('base64').slice(0, 12))
      expect(cleaned).toMatch(/^echo .*end$/)
    }
  })

  it('takes the longer of two nested secrets first', () => {
    const redaction = newRedaction()
    redaction.hide('abcd')
    redaction.hide('abcdefgh')
    expect(redaction.clean('x abcdefgh y')).toBe('x [secret] y')
  })

  it('takes out what looks like credentials or a person, known or not', () => {
    expect(newRedaction().clean('Bearer eyJhbGciOi.J9 for "ana.garcia+x@example.test"')).toBe(
      'Bearer [secret] for "[e-mail]"',
    )
  })

  it('cleans each text of a fault and leaves the rest', () => {
    const redaction = newRedaction()
    redaction.hide('hunter22')
    const cleaned = redaction.cleanFault(
      fault('validation', 'No hunter22.', {
        detail: 'a hunter22 b',
        status: 400,
        path: 'x.hunter22',
        retryAfterMs: 5,
      }),
    )
    expect(cleaned).toEqual({
      class: 'validation',
      says: 'No [secret].',
      detail: 'a [secret] b',
      status: 400,
      path: 'x.[secret]',
      retryAfterMs: 5,
    })
  })
})
