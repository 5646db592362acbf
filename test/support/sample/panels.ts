/** Stock, tax, products and customers of the sample engine, by the real contract. */
import { implement } from '@orpc/server'
import { contract } from '../../../src-main/contract/operations.ts'
import { sampleOrderRows } from './orders.ts'
import { sampleCustomer, sampleCustomers, sampleProduct, sampleProducts, sampleRecords } from './products.ts'
import type { Scene } from './scene.ts'
import { sampleStockList, sampleStockOne, sampleStockSummary } from './stock.ts'
import { ticketHandlers } from './tickets.ts'
import { sampleTax, sampleTaxOrder, sampleTaxOrders } from './tax.ts'

const os = implement(contract)

export function panelHandlers(scene: () => Scene) {
  return {
    stock: {
      about: os.stock.about.handler(({ input }) => sampleStockSummary(scene(), input.pair)),
      list: os.stock.list.handler(({ input }) => sampleStockList(scene(), input)),
      one: os.stock.one.handler(({ input, errors }) => {
        const one = sampleStockOne(scene(), input.sku, input.location)
        if (one === null) throw errors.NOT_FOUND({ data: { says: `${input.sku} was not read from the shop.` } })
        return one
      }),
    },
    tax: {
      get: os.tax.get.handler(({ input }) => sampleTax(scene(), input.pair)),
      orders: os.tax.orders.handler(({ input }) => sampleTaxOrders(scene(), input)),
      order: os.tax.order.handler(({ input }) => sampleTaxOrder(scene(), input.number)),
    },
    products: {
      list: os.products.list.handler(({ input }) => sampleProducts(scene(), input)),
      one: os.products.one.handler(({ input, errors }) => {
        const one = sampleProduct(scene(), input.sku)
        if (one === null) throw errors.NOT_FOUND({ data: { says: `Neither side has a product under ${input.sku}.` } })
        return one
      }),
      records: os.products.records.handler(() => sampleRecords(scene())),
    },
    tickets: ticketHandlers(scene),
    customers: {
      list: os.customers.list.handler(({ input }) => sampleCustomers(scene(), input)),
      one: os.customers.one.handler(({ input, errors }) => {
        const one = sampleCustomer(scene(), input.id)
        if (one === null) throw errors.NOT_FOUND({ data: { says: `The ERP has no customer ${input.id} that was read.` } })
        return one
      }),
      orders: os.customers.orders.handler(({ input }) => {
        const rows = sampleOrderRows(scene()).slice(0, 31)
        const from = Number(input.cursor ?? 0)
        return { rows: rows.slice(from, from + input.limit), next: from + input.limit < rows.length ? String(from + input.limit) : null, hasAddress: true }
      }),
    },
  }
}
