"""What is sold and from where: products with their taxes, two warehouses with stock, the carrier."""
import datetime as dt
from decimal import Decimal, ROUND_HALF_UP
from types import SimpleNamespace

from proteus import Model


def make(session, books):
    g = SimpleNamespace()
    categories = tax_categories(books)
    g.unit, = Model.get('product.uom').find([('name', '=', 'Unit')])
    g.products = products(session, g.unit, categories)
    g.shipping = shipping(g.unit, categories['standard'])
    g.lyon, g.gent = warehouses()
    for location, key in ((g.lyon, 'main'), (g.gent, 'second')):
        count(location.storage_location, session.today - dt.timedelta(days=40), {
            g.products[v['sku']]: v['stock'][key] for p in session.plan['products'] for v in p['variants']})
    g.carrier = carrier(g.shipping)
    session.log(len(g.products), 'products in two warehouses')
    return g


def sell_out(session, g):
    """A count finds nothing of one SKU, in either warehouse."""
    for location in (g.lyon, g.gent):
        count(location.storage_location, session.today, {g.products[session.plan['soldOut']]: 0})


def net(gross_cents, rate):
    "Unit price without tax at four digits, as an integration computes it from a tax-included shop price."
    return (Decimal(gross_cents) / 100 / (1 + Decimal(str(rate)) / 100)).quantize(Decimal('0.0001'), ROUND_HALF_UP)


def tax_categories(books):
    Tax = Model.get('account.tax')
    made = {}
    for kind, rate in (('standard', '20'), ('reduced', '5.5')):
        c = Model.get('product.category')(name='Goods ' + kind, accounting=True)
        c.account_expense, c.account_revenue = books.accounts['expense'], books.accounts['revenue']
        c.customer_taxes.append(Tax(books.taxes[Decimal(rate)].id))
        c.save()
        made[kind] = c
    return made


def products(session, unit, categories):
    Template = Model.get('product.template')
    made = {}
    for p in session.plan['products']:
        t = Template(name=p['name'], default_uom=unit, type='goods', salable=True, account_category=categories[p['tax']])
        t.list_price = net(p['variants'][0]['gross'], session.plan['rates']['FR'][p['tax']])
        for i, v in enumerate(p['variants']):
            product = t.products[0] if i == 0 else t.products.new()
            # `code` is computed from the template's code and this suffix
            product.suffix_code = v['sku']
            product.description = v['value']
        t.save()
        for product in t.products:
            made[product.code] = product
    return made


def shipping(unit, category):
    t = Model.get('product.template')(name='Shipping', default_uom=unit, type='service', salable=True,
                                      account_category=category, list_price=net(490, 20))
    t.products[0].suffix_code = 'SHIPPING'
    t.save()
    return t.products[0]


def warehouses():
    Location = Model.get('stock.location')
    lyon, = Location.find([('type', '=', 'warehouse')], limit=1)
    lyon.name, lyon.code = 'Lyon', 'WH-LYON'
    lyon.save()
    parts = {}
    for part in ('storage', 'input', 'output'):
        name = 'Gent ' + part
        parts[part] = Location(name=name, type='storage', code=name.upper().replace(' ', '-'))
        parts[part].save()
    # without a lost-and-found location no count can be confirmed
    gent = Location(name='Gent', code='WH-GENT', type='warehouse', storage_location=parts['storage'],
                    input_location=parts['input'], output_location=parts['output'],
                    lost_found_location=lyon.lost_found_location)
    gent.save()
    return lyon, gent


def count(location, date, quantities):
    inventory = Model.get('stock.inventory')(location=location, date=date)
    inventory.save()
    for product, quantity in quantities.items():
        inventory.lines.new(product=product).quantity = float(quantity)
    inventory.save()
    inventory.click('confirm')


def carrier(product):
    party = Model.get('party.party')(name='Colis Express')
    party.save()
    made = Model.get('carrier')(party=party, carrier_product=product)
    made.save()
    Model.get('carrier.selection')(carrier=made).save()
    return made
