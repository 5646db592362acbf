/** F04: one customer that stands in the ERP several times, and customers that contradict each other. */
import { describe, expect, it } from 'vitest'
import { aCustomer, aPair } from '../../../support/builders.ts'
import { type Seam, aReadSeam, aSeam } from '../../../support/seam.ts'

const ann = { email: 'ann@kaufhaus-nord.de' } as const
const vat = { vatId: 'BE 0123.456.789' } as const

async function judged(...customers: Parameters<typeof aCustomer>[0][]): Promise<Seam> {
  return aReadSeam().erp(...customers.map((one, nth) => aCustomer({ id: String(nth + 7), code: `C${nth + 7}`, ...one }))).run()
}

describe('F04-duplicate-customer', () => {
  it.each([
    ['e-mail address, however it is written', { email: 'Ann@Kaufhaus-Nord.de' }, ann, 'email of 7'],
    ['VAT id, however it is written', { ...vat, email: null }, { vatId: 'be0123456789', email: null }, 'vat of 7'],
    ['registration number', { registration: 'HRB 12', email: null }, { registration: 'HRB12', email: null }, 'registration of 7'],
  ])('speaks of two with the same %s, and not of the fact itself', async (_what, one, other, key) => {
    const seam = await judged(one, other)
    expect(seam.open()).toEqual([`F04-duplicate-customer ${key}`])
    expect(seam.store.incidents.live(1)[0]?.says).not.toMatch(/kaufhaus|0123|HRB/i)
  })

  it('opens one incident where two facts name the same two', async () => {
    expect((await judged({ ...ann, ...vat }, { ...ann, ...vat })).open()).toEqual(['F04-duplicate-customer vat of 7'])
  })

  it.each([
    ['stand alone', [ann, { email: 'bea@kaufhaus-nord.de' }]],
    ['share a placeholder', [{ email: 'noreply@kaufhaus-nord.de' }, { email: 'noreply@kaufhaus-nord.de' }]],
    ['share a relay of a marketplace', [{ email: 'x1@marketplace.amazon.de' }, { email: 'x1@marketplace.amazon.de' }]],
    ['are a head office and its branch', [ann, { ...ann, parent: '7' }]],
    ['were merged: one is out of use', [ann, { ...ann, active: false }]],
    ['say nothing of who they are', [{ email: null }, { email: null }]],
  ])('stays silent about customers that %s', async (_what, customers) => {
    expect((await judged(...customers)).open()).toEqual([])
  })

  it('leaves out branches that the pair names', async () => {
    const rules = { 'F04-duplicate-customer': { params: { branches: ['C8'] } } }
    const pair = aPair({ settings: { rules: JSON.parse(JSON.stringify(rules)) } })
    const seam = await aReadSeam({ pair }).erp(aCustomer({ id: '7', code: 'C7', ...ann }), aCustomer({ id: '8', code: 'C8', ...ann })).run()
    expect(seam.open()).toEqual([])
  })

  it('is not judged before the customers were read to the end', async () => {
    const seam = await aSeam().erp(aCustomer({ id: '7', ...ann }), aCustomer({ id: '8', ...ann })).run()
    expect(seam.open()).toEqual([])
    expect(seam.store.judgements.notJudged('pair', Number.MAX_SAFE_INTEGER)).toContainEqual({
      rule: 'F04-duplicate-customer',
      why: 'customers of ERP were never read completely',
      count: 1,
    })
  })

  it('closes when the second is merged away, also when it was the first', async () => {
    const seam = await judged(ann, ann)
    await seam.erp(aCustomer({ id: '7', code: 'C7', ...ann, active: false })).run()
    expect(seam.open()).toEqual([])
    await seam.full()
    expect(seam.open()).toEqual([])
  })
})

describe('F04-conflicting-billing', () => {
  it.each([
    ['VAT ids', { ...ann, ...vat }, { ...ann, vatId: 'BE0999999999' }, 'email of 7'],
    ['countries', { ...ann, country: 'BE' }, { ...ann, country: 'FR' }, 'email of 7'],
    ['countries under one VAT id', { ...vat, email: null, country: 'BE' }, { ...vat, email: null, country: 'FR' }, 'vat of 7'],
  ])('speaks instead where they have other %s', async (_what, one, other, key) => {
    const seam = await judged(one, other)
    expect(seam.open()).toEqual([`F04-conflicting-billing ${key}`])
    await seam.full()
    expect(seam.open()).toEqual([`F04-conflicting-billing ${key}`])
  })

  it.each([
    ['say the same', [{ ...ann, ...vat, country: 'BE' }]],
    ['say nothing where the other says something', [{ ...ann, country: 'BE' }]],
  ])('stays silent about one that %s', async (_what, customers) => {
    expect((await judged(...customers)).open()).toEqual([])
  })
})
