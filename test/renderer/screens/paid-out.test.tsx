// @vitest-environment jsdom
/** An order's money on its way to the bank, as an owner reads it. */
import { implement } from '@orpc/server'
import { screen, within } from '@testing-library/react'
import { beforeEach, expect, it, vi } from 'vitest'
import { contract } from '../../../src-main/contract/operations.ts'
import type { ChainView } from '../../../src-main/contract/order-views.ts'
import { sampleChain } from '../../support/sample/orders.ts'
import { openPage } from './page.tsx'

const os = implement(contract)
const now = Date.now()
const eur = (minor: number) => ({ minor, currency: 'EUR' })

beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 100))
})

function openWith(payouts: ChainView['payouts']): void {
  openPage('#/orders/NL-101202?pair=nordlicht', {
    answering: (router) => ({
      ...router,
      orders: {
        ...router.orders,
        chain: os.orders.chain.handler(({ input }) => {
          const chain = sampleChain({ mood: 'busy', now, poll: 0 }, input.number, input.asOf)
          if (chain === null) throw new Error(`no order ${input.number}`)
          return { ...chain, payouts }
        }),
      },
    }),
  })
}

async function rows(): Promise<readonly string[]> {
  const panel = await screen.findByRole('region', { name: 'Paid out to the bank' })
  return within(panel).getAllByRole('listitem').map((one) => one.textContent.replaceAll(/\s+/g, ' '))
}

it('says in which payout it came, less which fee, what was taken off another, and what is expected still', async () => {
  openWith([
    { payout: '98000004711', state: 'paid', at: now - 86_400_000, gross: eur(1290), fee: eur(44), net: eur(1246) },
    { payout: '98000004712', state: 'in-transit', at: now, gross: eur(-290), fee: eur(0), net: eur(-290) },
    { payout: null, state: 'expected', at: now + 86_400_000, gross: eur(500), fee: null, net: null },
  ])
  const [paid, back, expected] = await rows()
  expect(paid).toMatch(/^Paid out on \d{4}-\d\d-\d\d.*12\.46.*Payout 98000004711: .*12\.90.* less a fee of .*0\.44/)
  expect(back).toMatch(/^Taken off a payout that is on its way since .*2\.90.*Payout 98000004712$/)
  expect(expected).toMatch(/^In no payout yet, expected by \d{4}-\d\d-\d\d.*5\.00/)
})

it('names no day where nothing tells by when', async () => {
  openWith([{ payout: null, state: 'expected', at: null, gross: eur(500), fee: null, net: null }])
  expect((await rows())[0]).toMatch(/^In no payout yet.*5\.00/)
})

it('stands beside the close of its day', async () => {
  openPage('#/close')
  const panel = await screen.findByRole('region', { name: 'Of this day’s cards, on its way to the bank' })
  expect(panel.textContent.replaceAll(/\s+/g, ' ')).toMatch(/In no payout yet, expected by \d{4}-\d\d-\d\d.*204\.90/)
})

it('is not there where the platform pays nothing out', async () => {
  openWith([])
  await screen.findByRole('region', { name: 'Incidents' })
  expect(screen.queryByRole('region', { name: 'Paid out to the bank' })).toBeNull()
})
