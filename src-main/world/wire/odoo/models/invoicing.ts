/** The dialogue by which Odoo's people bill orders: it holds what they chose, and its button draws up the invoices. */
import type { Wizard } from '../asides.ts'
import type { Env, Model, Version } from '../fields.ts'
import { defineModel, many2many, selection } from '../fields.ts'

const methods = [['delivered', 'Regular invoice'], ['percentage', 'Down payment (percentage)'], ['fixed', 'Down payment (fixed amount)']] as const

export function invoicingModel(version: Version): Model<Wizard> {
  return defineModel<Wizard>(version, {
    name: 'sale.advance.payment.inv',
    description: 'Sales Advance Payment Invoice',
    order: 'id',
    booked: ['advance_payment_method', 'sale_order_ids'],
    rows: ({ asides }) => asides.wizards,
    label: (wizard) => `sale.advance.payment.inv,${wizard.id}`,
    fields: {
      advance_payment_method: selection('Create Invoice', methods, () => 'delivered', { required: true }),
      sale_order_ids: many2many('Sale Order', 'sale.order', (wizard) => wizard.saleIds),
    },
  })
}

/** One invoice for each order; up to 17 the button only closes its dialogue, and from 18 on it opens what it made. */
export function drawUp(wizard: Wizard, env: Env) {
  const { books, erp, now, user, version } = env
  const made = wizard.saleIds.map((id) => erp.invoice(books.sales.must(id).lineIds.map((saleLineId) => ({ saleLineId })), user.id, now).id)
  if (version <= 17) return { type: 'ir.actions.act_window_close' }
  const [only] = made
  return { type: 'ir.actions.act_window', res_model: 'account.move', view_mode: 'form', ...(made.length === 1 && only !== undefined ? { res_id: only } : { domain: [['id', 'in', made]] }) }
}
