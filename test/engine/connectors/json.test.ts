import { assert, jsonValue, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExact } from '../../../src-main/engine/connectors/json.ts'

/** What Node itself says a number's source was: the slow way, as the measure of ours. */
function bySource(text: string): unknown {
  const parsed: unknown = JSON.parse(text, (_, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? context?.source : value,
  )
  return parsed
}

describe('reading JSON with its figures as text', () => {
  it('keeps every digit that a float would lose', () => {
    expect(
      parseExact(
        '{"tax":16.166528925619834711,"id":12345678901234567890,"rate":5.50,"tiny":1E-22}',
      ),
    ).toEqual({
      tax: '16.166528925619834711',
      id: '12345678901234567890',
      rate: '5.50',
      tiny: '1E-22',
    })
  })

  it('leaves figures inside texts, keys and escapes alone', () => {
    const text = String.raw`{"a 1":"x -2 \" 3 \\","b":["4\\\"5",6,-0.7e+8],"c":true,"d":null}`
    expect(parseExact(text)).toEqual(bySource(text))
  })

  it('reads any JSON as Node does', () => {
    assert(
      property(jsonValue({ noUnicodeString: false }), nat(2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(parseExact(text)).toEqual(bySource(text))
      }),
    )
  })

  it('refuses a page that was cut anywhere', () => {
    const whole = '{"orders":[{"id":"a\\"b","total":-12.50e1,"paid":true}]}'
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => parseExact(whole.slice(0, length)), whole.slice(0, length)).toThrow(SyntaxError)
    }
  })

  it.each([
    '{"a":01}',
    '{"a":1.}',
    '{"a":-}',
    '{"a":1.2.3}',
    '{"a":1e}',
    '{"a":.5}',
    '[1 2]',
    '{"a":NaN}',
  ])('refuses %s, which is no JSON', (text) => {
    expect(() => parseExact(text)).toThrow(SyntaxError)
  })

  it('reads one text of many escapes without running out of stack', () => {
    const long = '\\n'.repeat(500_000)
    expect(parseExact(`{"a":"${long}","b":1.50}`)).toMatchObject({ b: '1.50' })
  })
})
