/** How the simulated Shopify tells of its payouts and of what is in them, and to whom. */
import { expect, it } from 'vitest'
import { aCheckout, aShop, d, lineId, noon } from '../../shop/a-shop.ts'
import { aServer, everyScope, within } from './a-server.ts'

const day = 24 * 3_600_000
const bare = everyScope.filter((scope) => !scope.startsWith('read_shopify_payments'))

function paidByCard(granted: readonly string[] = everyScope) {
  const client = aServer({ accessTokens: { token: granted } }, aShop())
  const order = client.shop.place(aCheckout([{ variantId: client.mug, quantity: 2 }]))
  client.shop.capture(order.id, d('25.8'), 'shopify_payments', noon)
  client.shop.refund(order.id, { lines: [{ lineId: lineId(order), quantity: 1, restock: true }] }, noon + 60_000)
  client.later(60_000)
  return { ...client, order }
}

const payouts = `{ shopifyPaymentsAccount { payouts(first: 5, query: "issued_at:>='2026-11-01'") { nodes {
  legacyResourceId issuedAt status transactionType net { amount currencyCode }
  summary { chargesGross { amount } chargesFee { amount } refundsFeeGross { amount } refundsFee { amount } }
} } } }`

it('shows a payout once its day is over, and its status as it goes on', () => {
  const client = paidByCard()
  const look = () => within(client.ask(payouts).data, 'shopifyPaymentsAccount.payouts.nodes')
  expect(look()).toEqual([])
  client.later(day)
  const payout = {
    legacyResourceId: '98000000001', issuedAt: '2026-11-27T06:00:00Z', status: 'SCHEDULED', transactionType: 'DEPOSIT',
    // 25.80 − 12.90 − (25.80 × 1.5 % + 0.25)
    net: { amount: '12.26', currencyCode: 'EUR' },
    summary: { chargesGross: { amount: '25.8' }, chargesFee: { amount: '0.64' }, refundsFeeGross: { amount: '-12.9' }, refundsFee: { amount: '0.0' } },
  }
  expect(look()).toEqual([payout])
  client.later(day)
  expect(look()).toEqual([{ ...payout, status: 'IN_TRANSIT' }])
  client.later(day)
  expect(look()).toEqual([{ ...payout, status: 'PAID' }])
})

it('ties each entry of the balance to its order, its transaction and its payout', () => {
  const client = paidByCard()
  const entries = (query: string) =>
    within(
      client.ask(
        `{ shopifyPaymentsAccount { balanceTransactions(first: 5, query: "${query}") { nodes {
          type amount { amount } fee { amount } net { amount } sourceOrderTransactionId
          associatedOrder { id name } associatedPayout { id status }
        } } } }`,
      ).data,
      'shopifyPaymentsAccount.balanceTransactions.nodes',
    )
  const [charge, refund] = client.order.transactions
  const associatedOrder = { id: `gid://shopify/Order/${client.order.id}`, name: '#1001' }
  const pending = { id: null, status: 'PENDING' }
  expect(entries('')).toEqual([
    { type: 'CHARGE', amount: { amount: '25.8' }, fee: { amount: '0.64' }, net: { amount: '25.16' }, sourceOrderTransactionId: String(charge?.id), associatedOrder, associatedPayout: pending },
    { type: 'REFUND', amount: { amount: '-12.9' }, fee: { amount: '0.0' }, net: { amount: '-12.9' }, sourceOrderTransactionId: String(refund?.id), associatedOrder, associatedPayout: pending },
  ])
  client.later(3 * day)
  expect(entries('payments_transfer_id:98000000001')).toMatchObject(
    [1, 2].map(() => ({ associatedPayout: { id: 'gid://shopify/ShopifyPaymentsPayout/98000000001', status: 'PAID' } })),
  )
  expect(entries('payments_transfer_id:98000000002')).toEqual([])
})

it('keeps in the balance what was paid for an order that is deleted since, and ties it to none', () => {
  const client = paidByCard()
  client.shop.cancel(client.order.id, 'CUSTOMER', noon + 120_000)
  client.shop.deleteOrder(client.order.id)
  const { data, errors } = client.ask('{ shopifyPaymentsAccount { balanceTransactions(first: 5) { nodes { amount { amount } associatedOrder { id } } } } }')
  expect(errors).toBeUndefined()
  expect(within(data, 'shopifyPaymentsAccount.balanceTransactions.nodes')).toEqual([
    { amount: { amount: '25.8' }, associatedOrder: null },
    { amount: { amount: '-12.9' }, associatedOrder: null },
  ])
})

it('states on the payment what was taken for it', () => {
  const client = paidByCard()
  const fees = within(
    client.ask(`{ order(id: "gid://shopify/Order/${client.order.id}") { transactions { kind fees { amount { amount } flatFee { amount } rate type } } } }`).data,
    'order.transactions',
  )
  expect(fees).toEqual([
    { kind: 'SALE', fees: [{ amount: { amount: '0.64' }, flatFee: { amount: '0.25' }, rate: '0.015', type: 'processing_fee' }] },
    { kind: 'REFUND', fees: [] },
  ])
})

it.each([
  [
    'the account', bare, 'shopifyPaymentsAccount',
    'the `read_shopify_payments` or the `read_shopify_payments_accounts` access scope.',
  ],
  ['payouts', [...bare, 'read_shopify_payments_accounts'], 'payouts', 'The user must have access to payouts.'],
])('refuses %s to an app that lacks the scope', (_what, granted, field, requiredAccess) => {
  const { errors } = paidByCard(granted).ask(payouts)
  expect(errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
    [
      `Access denied for ${field} field. Required access: ${requiredAccess}`,
      { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes', requiredAccess },
    ],
  ])
})
