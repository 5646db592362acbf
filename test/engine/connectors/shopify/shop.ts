/** A small shop in the shapes of the Admin schema 2026-07: what a test adds to an order is worded as Shopify words it. */

export type Row = Readonly<Record<string, unknown>>

/** The newest moment in the shop's data is an hour before. */
export const shopNow = Date.parse('2026-11-24T12:00:00Z')

export function gid(type: string, id: number | string): string {
  return `gid://shopify/${type}/${id}`
}

export function bag(amount: string): Row {
  const money = { amount, currencyCode: 'EUR' }
  return { shopMoney: money, presentmentMoney: money }
}

/** German VAT within a price unless told otherwise. */
export function tax(amount: string, given: Row = {}): Row {
  return {
    title: 'DE MwSt',
    rate: 0.19,
    ratePercentage: 19,
    channelLiable: false,
    source: 'Shopify',
    priceSet: bag(amount),
    ...given,
  }
}

export function aLine(id: number, given: Row = {}): Row {
  return {
    __typename: 'LineItem',
    id: gid('LineItem', id),
    sku: 'MUG-BLK',
    name: 'Mug - black',
    quantity: 1,
    currentQuantity: given['quantity'] ?? 1,
    isGiftCard: false,
    originalUnitPriceSet: bag('11.90'),
    discountAllocations: [],
    taxLines: [tax('1.90')],
    lineItemGroup: null,
    ...given,
  }
}

export function shippingLine(given: Row = {}): Row {
  return {
    __typename: 'ShippingLine',
    title: 'Standard',
    isRemoved: false,
    originalPriceSet: bag('4.90'),
    discountedPriceSet: bag('4.90'),
    taxLines: [tax('0.78')],
    ...given,
  }
}

export function aTransaction(id: number, given: Row = {}): Row {
  const at = given['processedAt'] ?? '2026-11-20T10:00:05Z'
  return {
    id: gid('OrderTransaction', id),
    kind: 'SALE',
    status: 'SUCCESS',
    gateway: 'shopify_payments',
    paymentId: `pay-${id}`,
    createdAt: at,
    processedAt: at,
    amountSet: bag('16.80'),
    parentTransaction: null,
    ...given,
  }
}

export function aFulfilment(id: number, items: readonly Row[], given: Row = {}): Row {
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', id),
    status: 'SUCCESS',
    displayStatus: 'FULFILLED',
    createdAt: '2026-11-21T09:00:00Z',
    updatedAt: '2026-11-21T09:00:00Z',
    deliveredAt: null,
    location: { id: gid('Location', 1), name: 'Hamburg' },
    trackingInfo: [{ company: 'DHL', number: `JJD${id}`, url: null }],
    fulfillmentLineItems: items,
    ...given,
  }
}

export function aRefund(id: number, amount: string, lines: readonly Row[], given: Row = {}): Row {
  const at = '2026-11-22T08:00:00Z'
  return {
    __typename: 'Refund',
    id: gid('Refund', id),
    createdAt: at,
    processedAt: at,
    updatedAt: at,
    totalRefundedSet: bag(amount),
    refundLineItems: lines,
    refundShippingLines: [],
    transactions:
      Number(amount) === 0
        ? []
        : [
            {
              ...aTransaction(id * 10, {
                kind: 'REFUND',
                amountSet: bag(amount),
                processedAt: at,
                parentTransaction: { id: gid('OrderTransaction', id) },
              }),
            },
          ],
    ...given,
  }
}

/** A return of so many units of a line, of each of which something was made. */
export function aReturn(
  id: number,
  of: Row,
  dispositions: readonly (readonly [type: string, quantity: number])[],
  given: Row = {},
): Row {
  const made = dispositions.map(([type, quantity], nth) => ({
    __typename: 'ReverseFulfillmentOrderDisposition',
    id: gid('ReverseFulfillmentOrderDisposition', id * 10 + nth),
    type,
    quantity,
    createdAt: '2026-11-23T07:30:00Z',
  }))
  return {
    __typename: 'Return',
    id: gid('Return', id),
    status: 'CLOSED',
    refunds: [],
    reverseFulfillmentOrders: [
      { lineItems: [{ fulfillmentLineItem: { lineItem: of }, dispositions: made }] },
    ],
    ...given,
  }
}

/** Paid, not sent, one mug and shipping; `minute` sets its stamp apart. */
export function anOrder(number: number, given: Row = {}): Row {
  const at = new Date(shopNow - 3_600_000 - (1100 - number) * 60_000)
    .toISOString()
    .replace('.000Z', 'Z')
  return {
    __typename: 'Order',
    id: gid('Order', 5_000_000 + number),
    name: `#${number}`,
    number,
    poNumber: null,
    createdAt: at,
    processedAt: at,
    updatedAt: at,
    cancelledAt: null,
    cancelReason: null,
    test: false,
    tags: [],
    discountCodes: [],
    sourceName: 'web',
    currencyCode: 'EUR',
    taxesIncluded: true,
    taxExempt: false,
    email: `buyer${number}@example.com`,
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: 'UNFULFILLED',
    returnStatus: 'NO_RETURN',
    returns: [],
    customAttributes: [],
    metafields: {},
    customer: { id: gid('Customer', 7000 + (number % 5)) },
    purchasingEntity: { __typename: 'Customer', id: gid('Customer', 7000 + (number % 5)) },
    shippingAddress: { countryCodeV2: 'DE', provinceCode: null },
    totalPriceSet: bag('16.80'),
    currentTotalPriceSet: bag('16.80'),
    totalTaxSet: bag('2.68'),
    currentTotalTaxSet: bag('2.68'),
    totalCashRoundingAdjustment: { paymentSet: bag('0.00'), refundSet: bag('0.00') },
    localizedFields: [],
    transactions: [aTransaction(number)],
    fulfillments: [],
    refunds: [],
    shippingLines: [shippingLine()],
    lineItems: [aLine(number * 100)],
    fulfillmentOrders: [],
    ...given,
  }
}

/** All of some lines still to be sent from one place. */
export function waiting(id: number, lines: readonly Row[], given: Row = {}): Row {
  const lineItems = lines.map((lineItem, nth) => ({ id: gid('FulfillmentOrderLineItem', id * 10 + nth), remainingQuantity: lineItem['currentQuantity'], lineItem }))
  return { id: gid('FulfillmentOrder', id), status: 'OPEN', requestStatus: 'UNSUBMITTED', fulfillAt: null, assignedLocation: { name: 'Hamburg', location: { name: 'Hamburg' } }, lineItems, ...given }
}

function inParcel(line: Row, quantity: number): Row {
  return { quantity, lineItem: line }
}

/** Forty-five orders: those up to 1012 are each of a kind, the others fill pages. */
export function someOrders(): readonly Row[] {
  const line = (id: number, given: Row = {}): Row => aLine(id, given)
  const two = line(100_300, { quantity: 3, currentQuantity: 2 })
  const sent = line(100_900, { quantity: 2, currentQuantity: 2 })
  const special: readonly Row[] = [
    anOrder(1001, { fulfillmentOrders: [waiting(7001, [aLine(100_100)])] }),
    anOrder(1002, {
      lineItems: [
        line(100_200, {
          discountAllocations: [{ allocatedAmountSet: bag('2.38') }],
          taxLines: [tax('1.52')],
        }),
      ],
      totalPriceSet: bag('14.42'),
      tags: ['wholesale', 'call +49 40 1234567890'],
      discountCodes: ['WELCOME10'],
    }),
    anOrder(1003, {
      displayFinancialStatus: 'PARTIALLY_REFUNDED',
      lineItems: [two],
      refunds: [aRefund(300, '11.90', [{ quantity: 1, restockType: 'RETURN', lineItem: two, totalTaxSet: bag('1.90') }])],
      totalPriceSet: bag('40.60'),
      currentTotalPriceSet: bag('28.70'),
      totalCashRoundingAdjustment: { paymentSet: bag('-0.02'), refundSet: bag('0.01') },
    }),
    anOrder(1004, {
      lineItems: [line(100_400, { quantity: 2, currentQuantity: 1, taxLines: [tax('3.80')] })],
      refunds: [
        aRefund(400, '0.00', [{ quantity: 1, restockType: 'CANCEL', lineItem: line(100_400), totalTaxSet: bag('1.90') }]),
      ],
      totalPriceSet: bag('28.70'),
      totalTaxSet: bag('4.58'),
      currentTotalPriceSet: bag('16.80'),
      currentTotalTaxSet: bag('2.68'),
    }),
    anOrder(1005, {
      transactions: [aTransaction(1005, { gateway: 'gift_card', paymentId: null })],
    }),
    anOrder(1006, {
      displayFinancialStatus: 'PARTIALLY_PAID',
      transactions: [
        aTransaction(61, { kind: 'AUTHORIZATION' }),
        aTransaction(62, {
          kind: 'CAPTURE',
          status: 'FAILURE',
          parentTransaction: { id: gid('OrderTransaction', 61) },
        }),
        aTransaction(63, {
          kind: 'CAPTURE',
          amountSet: bag('10.00'),
          processedAt: '2026-11-21T09:05:00Z',
          parentTransaction: { id: gid('OrderTransaction', 61) },
        }),
      ],
    }),
    anOrder(1007, {
      cancelledAt: '2026-11-23T10:00:00Z',
      cancelReason: 'INVENTORY',
      displayFinancialStatus: 'VOIDED',
      transactions: [],
      lineItems: [line(100_700, { currentQuantity: 0 })],
      currentTotalPriceSet: bag('0.00'),
      currentTotalTaxSet: bag('0.00'),
    }),
    anOrder(1008, {
      lineItems: Array.from({ length: 23 }, (_, index) =>
        line(100_800 + index, { sku: `PART-${index}` }),
      ),
      totalPriceSet: bag('278.60'),
    }),
    anOrder(1009, {
      displayFulfillmentStatus: 'PARTIALLY_FULFILLED',
      lineItems: [sent],
      fulfillments: [
        aFulfilment(901, [inParcel(sent, 1)]),
        aFulfilment(902, [inParcel(sent, 1)], { status: 'CANCELLED' }),
      ],
    }),
    anOrder(1010, {
      sourceName: 'amazon-us',
      taxesIncluded: false,
      lineItems: [
        line(101_000, {
          taxLines: [
            tax('0.98', {
              title: 'New York State Tax',
              rate: 0.0825,
              ratePercentage: null,
              channelLiable: true,
            }),
          ],
        }),
      ],
    }),
    anOrder(1011, {
      displayFulfillmentStatus: 'SCHEDULED',
      fulfillmentOrders: [
        {
          status: 'SCHEDULED',
          fulfillAt: '2026-12-15T00:00:00Z',
          assignedLocation: { location: { name: 'Hamburg' } },
          lineItems: [{ remainingQuantity: 1, lineItem: { id: gid('LineItem', 101_100) } }],
        },
      ],
    }),
    anOrder(1012, {
      taxExempt: true,
      poNumber: 'PO-77',
      customAttributes: [
        { key: 'erp', value: 'A-1012' },
        { key: 'gift', value: 'For my dear Anna, with love and many kisses' },
      ],
      metafields: { 'custom.erp_number': 'M-1012' },
      purchasingEntity: {
        __typename: 'PurchasingCompany',
        location: { taxSettings: { taxRegistrationId: 'DE123456789' } },
      },
    }),
  ]
  const parcelled = (number: number): Row => {
    const only = line(number * 100)
    return anOrder(number, {
      displayFulfillmentStatus: 'FULFILLED',
      lineItems: [only],
      fulfillments: [
        aFulfilment(number, [inParcel(only, 1)], { deliveredAt: '2026-11-23T09:00:00Z' }),
      ],
    })
  }
  return [...special, ...Array.from({ length: 33 }, (_, index) => parcelled(1013 + index))]
}

const skus = Array.from({ length: 100 }, (_, index) => `SKU-${String(index).padStart(3, '0')}`)

export function someItems(): readonly Row[] {
  const item = (sku: string | null, id: number, given: Row = {}): Row => ({
    __typename: 'InventoryItem',
    id: gid('InventoryItem', id),
    sku,
    tracked: true,
    duplicateSkuCount: 0,
    variants: [{ inventoryPolicy: 'DENY' }],
    levels: [1, 2].map((location) => aLevel(id, location, 10 + location)),
    ...given,
  })
  return [
    item('MUG-BLK', 1),
    item('PRE-1', 2, { variants: [{ inventoryPolicy: 'CONTINUE' }] }),
    item('FREE', 3, { tracked: false }),
    item('TWICE', 4, { duplicateSkuCount: 1, levels: [aLevel(4, 1, 5)] }),
    item(null, 5),
    ...skus.map((sku, index) => item(sku, 100 + index)),
  ]
}

export function aLevel(item: number, location: number, available: number, given: Row = {}): Row {
  return {
    id: gid('InventoryLevel', `${item}${location}?inventory_item_id=${item}`),
    updatedAt: new Date(shopNow - 7_200_000 + item * 1000).toISOString().replace('.000Z', 'Z'),
    isActive: true,
    locationId: gid('Location', location),
    quantities: [
      { name: 'available', quantity: available },
      { name: 'on_hand', quantity: available + 2 },
      { name: 'committed', quantity: 2 },
    ],
    ...given,
  }
}

export const locations: readonly Row[] = [
  { id: gid('Location', 1), name: 'Hamburg', isActive: true },
  { id: gid('Location', 2), name: 'Leipzig', isActive: true },
]

export function someVariants(): readonly Row[] {
  return Array.from({ length: 160 }, (_, index) => ({
    __typename: 'ProductVariant',
    id: gid('ProductVariant', 9000 + index),
    sku: index === 7 ? '' : `VAR-${index}`,
    barcode: null,
    price: '12.50',
    displayName: `Thing ${index} - Default Title`,
    updatedAt: '2026-11-20T10:00:00Z',
    inventoryItem: { tracked: true, requiresShipping: true },
    product: { status: index === 8 ? 'DRAFT' : 'ACTIVE' },
  }))
}

export function someCustomers(): readonly Row[] {
  return Array.from({ length: 5 }, (_, index) => ({
    __typename: 'Customer',
    id: gid('Customer', 7000 + index),
    state: 'ENABLED',
    updatedAt: `2026-11-2${index}T10:00:00Z`,
    defaultEmailAddress: { emailAddress: `buyer${index}@example.com` },
  }))
}
