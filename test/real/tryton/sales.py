"""The sales as the integration left them: each order of the plan, taken through Tryton's own workflow as far as its kind says."""
import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from proteus import Model, Wizard
from trytond.pool import Pool
from trytond.transaction import Transaction
from trytond.worker import run_task

from catalogue import net

CHUNK = 20
# how far a sale goes: draft < quotation < cancelled (from quotation) < confirmed with invoice and shipment, and on from there
DRAFT, QUOTATION, CANCELLED, INVOICE_DRAFT, WAITING, ASSIGNED, PACKED, SHIPPED, PAID = range(9)
STAGES = {
    'draft': [DRAFT], 'quotation': [QUOTATION], 'cancelled': [CANCELLED], 'invoice-draft': [INVOICE_DRAFT],
    'waiting': [WAITING], 'assigned': [ASSIGNED], 'packed': [PACKED], 'shipped': [SHIPPED], 'paid': [PAID],
    'mistyped-tracking': [SHIPPED],
    'missing': [],
    'recreated': [CANCELLED, SHIPPED], 'split': [WAITING, WAITING],
    'duplicate': [SHIPPED, SHIPPED], 'duplicate-draft': [WAITING, DRAFT],
    'wrong-tax': [SHIPPED], 'untaxed': [WAITING], 'wrong-quantity': [SHIPPED], 'missing-line': [SHIPPED],
    'no-shipping-line': [PAID], 'other-price': [SHIPPED], 'no-discount': [SHIPPED],
}


def make(session, books, goods, customers):
    # warnings ("payment date in the past") stop a call that has nobody to confirm them
    context = dict(session.proteus.context, company=books.company.id, _skip_warnings=True)
    pool = Pool(session.DB)
    ids = SimpleNamespace(
        company=books.company.id, euro=books.euro.id, term=books.term.id, unit=goods.unit.id, warehouse=goods.lyon.id,
        carrier=goods.carrier.id, shipping=goods.shipping.id, tax={k: v.id for k, v in books.taxes.items()},
        product={k: v.id for k, v in goods.products.items()}, party={k: v.id for k, v in customers.items()})
    wanted = [(order, part, stage)
              for order in session.plan['orders'] + session.plan['counterSales']
              for part, stage in enumerate(STAGES[order['erp']])]
    unpaid = []
    for start in range(0, len(wanted), CHUNK):
        with Transaction().start(session.DB, session.proteus.user, context=context) as transaction:
            unpaid += chunk(pool, ids, session.now, wanted[start:start + CHUNK])
            transaction.commit()
            tasks = list(transaction.tasks)
            transaction.tasks.clear()
        # without a queue worker trytond's dispatcher runs these right after the commit: the sale's own state follows
        # from its invoice and shipment
        for task in tasks:
            run_task(pool, task)
    for sale in unpaid:
        pay(session, books, sale)
    session.log(len(wanted), 'sales,', len(unpaid), 'of them paid')


def chunk(pool, ids, now, wanted):
    """Saves these sales and moves each as far as it is to go; answers the ids of those whose invoice is to be paid."""
    Sale, Invoice, Shipment = (pool.get(n) for n in ('sale.sale', 'account.invoice', 'stock.shipment.out'))
    sales = [sale(pool, ids, now, order, part) for order, part, _ in wanted]
    Sale.save(sales)
    stages = {s.id: stage for s, (_, _, stage) in zip(sales, wanted)}

    def reached(*only):
        return Sale.browse([s.id for s in sales if stages[s.id] in only])

    Sale.quote([s for s in sales if stages[s.id] != DRAFT])
    Sale.cancel(reached(CANCELLED))
    confirmed = (INVOICE_DRAFT, WAITING, ASSIGNED, PACKED, SHIPPED, PAID)
    Sale.confirm(reached(*confirmed))
    Sale.process(reached(*confirmed))

    invoices = []
    for s in reached(WAITING, ASSIGNED, PACKED, SHIPPED, PAID):
        for invoice in s.invoices:
            invoice.invoice_date = s.sale_date
            invoices.append(invoice)
    # a strict sequence numbers invoices in the order of their dates
    invoices.sort(key=lambda invoice: (invoice.invoice_date, invoice.id))
    Invoice.save(invoices)
    Invoice.post(invoices)

    def shipments(*only):
        return [shipment for s in reached(*only) for shipment in s.shipments]

    if not Shipment.assign_try(shipments(ASSIGNED, PACKED, SHIPPED, PAID)):
        raise SystemExit('not enough stock for the planned shipments')
    Shipment.pick(shipments(PACKED, SHIPPED, PAID))
    Shipment.pack(shipments(PACKED, SHIPPED, PAID))
    leaving = shipments(SHIPPED, PAID)
    placed = {s.id: order for s, (order, _, _) in zip(sales, wanted)}
    for shipment in leaving:
        # the carrier gives a parcel one number, whichever side writes it down
        order = placed[shipment.outgoing_moves[0].sale.id]
        start = 'TKR' if order['erp'] == 'mistyped-tracking' else 'TRK'
        shipment.reference = start + order['number'][3:].zfill(9)
    Shipment.save(leaving)
    Shipment.done(leaving)
    return [s.id for s in reached(PAID)]


def sale(pool, ids, now, order, part):
    party = pool.get('party.party')(ids.party[order['customer']])
    address, = pool.get('party.address').search([('party', '=', party.id)], limit=1)
    when = now - dt.timedelta(minutes=order['ageMinutes'])
    return pool.get('sale.sale')(
        company=ids.company, currency=ids.euro, party=party, invoice_party=party, shipment_party=party,
        invoice_address=address, shipment_address=address, reference=order['number'],
        description='Web shop order' if order['number'] else 'Counter sale',
        sale_date=when.date(), payment_term=ids.term, warehouse=ids.warehouse,
        invoice_method='order', shipment_method='order',
        # no carrier cost line of Tryton's own: the shop's shipping line is already there
        carrier=ids.carrier, shipment_cost_method=None, lines=lines(pool, ids, order, part))


def lines(pool, ids, order, part):
    Line = pool.get('sale.line')
    wrong = order['erp']
    booked = []
    for i, bought in enumerate(order['lines']):
        rate = Decimal(str(bought['rate']))
        quantity, gross = bought['quantity'], bought['gross']
        if wrong != 'no-discount':
            gross = gross * (100 - bought['discount']) // 100
        price, taxes = net(gross, rate), [ids.tax[rate]]
        if i == 0:
            if wrong == 'wrong-tax':
                taxes = [ids.tax[Decimal('21') if rate == 20 else Decimal('20')]]
            if wrong == 'wrong-quantity':
                quantity += 1
            if wrong == 'other-price':
                price -= Decimal('0.0900')
        if wrong == 'untaxed':
            taxes = []
        if wrong == 'missing-line' and i == 1:
            continue
        if wrong == 'split' and i % 2 != part:
            continue
        booked.append(Line(type='line', product=ids.product[bought['sku']], unit=ids.unit, quantity=float(quantity),
                           unit_price=price, taxes=taxes, sequence=i + 1))
    shipping = order['shipping']
    if shipping['gross'] and wrong != 'no-shipping-line' and (part == 0 or wrong != 'split'):
        rate = Decimal(str(shipping['rate']))
        booked.append(Line(type='line', product=ids.shipping, unit=ids.unit, quantity=1.0,
                           unit_price=net(shipping['gross'], rate),
                           taxes=[] if wrong == 'untaxed' else [ids.tax[rate]], sequence=len(order['lines']) + 1))
    return booked


def pay(session, books, sale_id):
    for invoice in Model.get('sale.sale')(sale_id).invoices:
        wizard = Wizard('account.invoice.pay', [invoice])
        wizard.form.payment_method = books.card
        wizard.form.date = max(invoice.invoice_date, session.today.replace(day=1))
        wizard.execute('choice')
