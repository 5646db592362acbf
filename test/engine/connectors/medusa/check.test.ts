import { afterEach, describe, expect, it } from 'vitest'
import type { Check } from '../../../../src-main/engine/connectors/definition.ts'
import { medusa } from '../../../../src-main/engine/connectors/medusa/index.ts'
import { openTestApi } from '../../../support/api.ts'
import type { Misbehaviour, ScriptedPlatform } from '../../../support/platform.ts'
import { recordedAt, replayMedusa, secretKey } from './platform.ts'

let platform: ScriptedPlatform | null = null
afterEach(async () => {
  await platform?.close()
  platform?.assertExpected()
  platform = null
})

interface Given {
  readonly how?: Misbehaviour
  readonly on?: string
  readonly orderNumber?: string
  readonly apiKey?: string
  readonly behindMs?: number
  readonly baseUrl?: string
}

async function checked(given: Given = {}): Promise<Check> {
  platform = await replayMedusa()
  if (given.how !== undefined)
    platform.misbehave(given.how, {
      when: (request) => given.on === undefined || request.path === given.on,
    })
  if (given.behindMs !== undefined) platform.setNow(() => recordedAt - (given.behindMs ?? 0))
  const settings = medusa.settings.parse({
    baseUrl: given.baseUrl ?? platform.url,
    orderNumber: given.orderNumber ?? 'metadata.shop_number',
  })
  const { api } = openTestApi({
    connector: medusa,
    settings,
    secrets: { apiKey: given.apiKey ?? secretKey },
    at: recordedAt,
  })
  const outcome = await medusa.check(api, settings)
  if (!outcome.ok) throw new Error(outcome.fault.says)
  return outcome.value
}

const lastOf = ({ steps }: Check): string =>
  steps.map((step) => `${step.title}: ${step.state}`).at(-1) ?? ''

describe('testing a Medusa connection', () => {
  it('goes through every step and lists what can be mapped', async () => {
    const check = await checked()
    expect(check.steps.map((step) => [step.title, step.state])).toEqual([
      ['Reach the server', 'ok'],
      ['Log in', 'ok'],
      ['Read orders', 'ok'],
      ['Read payments', 'ok'],
      ['Read stock', 'ok'],
      ['Compare clocks', 'ok'],
    ])
    expect([check.locations, check.channels]).toEqual([['Lyon', 'Gent'], ['Default Sales Channel']])
  })

  it('ends at the log-in with a wrong key, a publishable key or none', async () => {
    expect(lastOf(await checked({ apiKey: 'sk_wrong' }))).toBe('Log in: failed')
    const publishable = await checked({ apiKey: 'pk_0011223344' })
    expect([lastOf(publishable), publishable.steps.at(-1)?.says]).toEqual([
      'Log in: failed',
      expect.stringContaining('sk_'),
    ])
    expect(lastOf(await checked({ apiKey: ' ' }))).toBe('Log in: failed')
  })

  it('ends at the server where none is, where another answers, and where the address is not safe', async () => {
    for (const given of [
      { baseUrl: 'http://127.0.0.1:9' },
      { how: 'html' as const },
      { baseUrl: 'http://shop.example.com' },
    ]) {
      const check = await checked(given)
      expect(lastOf(check)).toBe('Reach the server: failed')
      expect(check.steps.at(-1)?.says).toMatch(/\.$/)
    }
  })

  it('names the one thing that may not be read, and goes on', async () => {
    const check = await checked({
      how: { status: 403, json: { type: 'forbidden', message: 'no' } },
      on: '/admin/inventory-items',
    })
    expect(check.steps.filter((step) => step.state === 'failed').map((step) => step.title)).toEqual(
      ['Read stock'],
    )
    expect(check.locations).toEqual(['Lyon', 'Gent'])
  })

  it('warns of orders without the number that the settings name', async () => {
    const check = await checked({ orderNumber: 'metadata.web_number' })
    expect(check.steps.find((step) => step.title === 'Read orders')).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('metadata.web_number'),
    })
  })

  it('warns of a clock that is ten minutes off, with its direction', async () => {
    const check = await checked({ behindMs: 600_000 })
    expect(check.steps.at(-1)).toMatchObject({
      title: 'Compare clocks',
      state: 'warning',
      says: expect.stringMatching(/(599|600|601) s behind/),
    })
    expect(Math.abs((check.clockOffsetMs ?? 0) - 600_000)).toBeLessThanOrEqual(1000)
  })

  it('takes the address of the admin pages for that of the server', () => {
    const typed = [
      'https://x.example/',
      'https://x.example/app',
      'https://x.example/shop/admin/',
      'https://x.example',
    ]
    expect(typed.map((baseUrl) => medusa.baseUrl({ baseUrl, orderNumber: 'display_id' }))).toEqual([
      'https://x.example/',
      'https://x.example/',
      'https://x.example/shop/',
      'https://x.example/',
    ])
  })

  it.each(['number', 'metadata.', 'display_id; drop', ''])(
    'refuses %j as the field of the order number',
    (orderNumber) => {
      expect(medusa.settings.safeParse({ baseUrl: 'https://x.example', orderNumber }).success).toBe(
        false,
      )
    },
  )
})
