/** The diary must help a developer and betray nobody. */
import { describe, expect, it } from 'vitest'
import { minutes } from '../../src-main/domain/time.ts'
import { type LogLevel, newLog } from '../../src-main/engine/log.ts'
import { fakeClock } from '../support/clock.ts'

function diary(format: 'json' | 'plain' = 'json', atLeast: LogLevel = 'info') {
  const lines: string[] = []
  const clock = fakeClock()
  return { lines, clock, log: newLog({ write: (line) => lines.push(line), clock, format, atLeast }) }
}

describe('the log', () => {
  it('writes one JSON object a line', () => {
    const { lines, log } = diary()
    log.info('pass', { connection: 'shop', stream: 'orders', records: 12, complete: true })
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { at: '2026-11-23T09:00:00.000Z', level: 'info', event: 'pass', connection: 'shop', stream: 'orders', records: 12, complete: true },
    ])
    expect(lines[0]).toMatch(/\n$/)
  })

  it('writes for a person too', () => {
    const { lines, log } = diary('plain')
    log.warn('pass', { connection: 'shop', fault: 'unreachable' })
    expect(lines).toEqual(['2026-11-23T09:00:00.000Z warn  pass connection=shop fault=unreachable\n'])
  })

  it('drops every field that is not allowed, whatever is in it', () => {
    const { lines, log } = diary()
    const careless = { connection: 'shop', apiKey: 'sk_live_1', email: 'ann@example.com', records: 'ann', status: { deep: 1 } }
    // a careless caller gets past the types only with a cast
    log.info('pass', careless as never)
    expect(JSON.parse(lines[0] ?? '')).toEqual({ at: expect.any(String), level: 'info', event: 'pass', connection: 'shop' })
  })

  it('keeps no query and no e-mail address in what is allowed', () => {
    const { lines, log } = diary()
    log.info('request', { path: '/admin/orders?email=ann%40example.com&token=t', connection: 'ann@example.com' })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ path: '/admin/orders', connection: '[e-mail]' })
  })

  it('tells where a bug is, and not which row met it', () => {
    const { lines, log } = diary()
    log.error('pass', {}, new SyntaxError(`Unexpected token 'A', "Ann Smith, 4111111111111111" is not valid JSON 4111111111111111`))
    expect(lines[0]).toContain('SyntaxError')
    expect(lines[0]).toContain('log.test.ts')
    expect(lines[0]).not.toMatch(/Ann|4111/)
  })

  it('stays on one line and within its length', () => {
    const { lines, log } = diary('plain')
    log.info('pass', { connection: `a\nb\u2028${'c'.repeat(5000)}` })
    expect(lines[0]?.trimEnd().split(/\n|\u2028/)).toHaveLength(1)
    expect((lines[0] ?? '').length).toBeLessThan(400)
  })

  it('is not flooded by one event, and says how much it left out', async () => {
    const { lines, clock, log } = diary()
    for (let count = 0; count < 1000; count += 1) log.info('request')
    log.info('pass')
    expect(lines).toHaveLength(121)
    await clock.advance(minutes(1))
    log.info('request')
    expect(lines.slice(121).map((line) => JSON.parse(line))).toMatchObject([{ suppressed: 880 }, { event: 'request' }])
  })

  it('leaves out what is below its level', () => {
    const { lines, log } = diary('json', 'warn')
    log.debug('request')
    log.info('pass')
    log.error('pass')
    expect(lines).toHaveLength(1)
  })
})
