/** Builders are trusted by every other test: each default must be a record that the store would take. */
import { describe, expect, it } from 'vitest'
import { connectionSchema, passSchema } from '../../src-main/domain/connection.ts'
import { findingSchema } from '../../src-main/domain/incident.ts'
import { intentSchema } from '../../src-main/domain/intent.ts'
import { pairSchema } from '../../src-main/domain/pair.ts'
import { recordSchema } from '../../src-main/domain/records.ts'
import * as builders from './builders.ts'

describe('the builders of tests', () => {
  it.each([
    builders.anOrder(),
    builders.anErpOrder(),
    builders.anInvoice(),
    builders.aCreditNote(),
    builders.aShipment(),
    builders.aReturn(),
    builders.aPayment(),
    builders.aRefund(),
    builders.aStockLevel(),
    builders.aProduct(),
    builders.aCustomer(),
  ])('make a $kind that is a whole record', (record) => {
    expect(recordSchema.parse(record)).toEqual(record)
  })

  it('make whole connections, pairs, passes, findings and intents', () => {
    expect(connectionSchema.parse(builders.aConnection())).toEqual(builders.aConnection())
    expect(pairSchema.parse(builders.aPair())).toEqual(builders.aPair())
    expect(passSchema.parse(builders.aPass())).toEqual(builders.aPass())
    expect(findingSchema.parse(builders.aFinding())).toEqual(builders.aFinding())
    expect(intentSchema.parse(builders.anIntent())).toEqual(builders.anIntent())
  })

  it('keep what a part does not override', () => {
    const order = builders.anOrder({ number: '7', payment: { state: 'authorised', captures: [] } })
    expect([order.id, order.payment.method, order.totals.total]).toEqual(['order_7', 'card', '24.00'])
  })
})
