/** What documents refer to: users, warehouses, taxes, partners, products. */
import type { Erp } from './erp.ts'
import { created, type Ledger, stamp, write } from './ledger.ts'

export type MasterMoves = Pick<Erp,
  | 'addUser' | 'addWarehouse' | 'addTax' | 'changeTax'
  | 'addPartner' | 'changePartner' | 'addProduct' | 'changeProduct' | 'changeRounding'>

export function masterMoves(ledger: Ledger): MasterMoves {
  const { books } = ledger
  return {
    addUser: (user, at) => {
      const row = { ...user, id: ledger.nextId('user'), changedAt: at }
      books.users.put(row)
      return row
    },
    addWarehouse: (code, name, at) => {
      const id = ledger.nextId('warehouse')
      // A view location comes first, then the one that holds stock, as a new warehouse makes them.
      const row = { id, changedAt: at, code, name, locationId: id * 8 }
      books.warehouses.put(row)
      return row
    },
    addTax: (tax, at) => {
      const row = { ...tax, id: ledger.nextId('tax'), changedAt: at }
      books.taxes.put(row)
      return row
    },
    changeTax: (id, change, at) => {
      stamp(books.taxes, Object.assign(books.taxes.must(id), change), at)
    },
    addPartner: (partner, by, at) => {
      const row = { ...partner, id: ledger.nextId('partner'), ...created({ by, at }) }
      books.partners.put(row)
      return row
    },
    changePartner: (id, change, by, at) => {
      write(books.partners, Object.assign(books.partners.must(id), change), { by, at })
    },
    addProduct: (product, by, at) => {
      const row = { ...product, taxIds: [...product.taxIds], id: ledger.nextId('product'), ...created({ by, at }) }
      books.products.put(row)
      return row
    },
    changeProduct: (id, change, by, at) => {
      write(books.products, Object.assign(books.products.must(id), change), { by, at })
    },
    changeRounding: (rounding, at) => {
      ledger.rounding = rounding
      books.company.changedAt = at
    },
  }
}
