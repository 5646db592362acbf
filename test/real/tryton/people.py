"""Customers, and the two accounts a monitor is given: one that may only read, and one that may also enter sales."""
from proteus import Model

READ = '''sale.sale sale.line sale.line-account.tax account.tax account.tax.group account.invoice account.invoice.line
account.invoice.tax account.invoice.line-account.tax account.account account.configuration account.move
account.move.line account.journal account.period account.fiscalyear stock.shipment.out stock.shipment.out.return
stock.move stock.location product.product product.template product.category product.uom party.party party.address
party.contact_mechanism party.identifier currency.currency country.country company.company carrier'''.split()


def make(session, books):
    made = {c['id']: customer(c, books) for c in session.plan['customers']}
    readers = group('Monitor (read only)', READ, write=False)
    account(books, 'monitor', 'Monitor (reads)', session.MONITOR_PASSWORD, [readers])
    sellers, = Model.get('res.group').find([('name', '=', 'Sales')], limit=1)
    # once a user has any row for this model, Sales' rights on the line no longer imply the right to tax it
    taxers = group('Integration (taxes of lines)', ['sale.line-account.tax'], write=True)
    account(books, 'integration', 'Integration (enters sales)', session.INTEGRATION_PASSWORD,
            [readers, sellers, taxers])
    session.log(len(made), 'customers, two accounts')
    return made


def customer(c, books):
    p = Model.get('party.party')(name='%s %s' % (c['first'], c['last']), code='C%05d' % c['id'])
    p.contact_mechanisms.new(type='email', value=c['email'])
    a = p.addresses[0]
    a.street, a.city, a.postal_code, a.country = c['street'], c['city'], c['zip'], books.countries[c['country']]
    p.customer_payment_term = books.term
    if c['country'] != 'FR':
        p.customer_tax_rule = books.abroad
    p.save()
    return p


def group(name, models, write):
    """A model without a row here would be open to every user, or closed; so each is named."""
    IrModel, Access = Model.get('ir.model'), Model.get('ir.model.access')
    made = Model.get('res.group')(name=name)
    made.save()
    for model in models:
        found, = IrModel.find([('model', '=', model)])
        Access(model=found, group=made, perm_read=True, perm_write=write, perm_create=write, perm_delete=write).save()
    return made


def account(books, login, name, password, groups):
    Group, Company = Model.get('res.group'), Model.get('company.company')
    user = Model.get('res.user')(name=name, login=login)
    user.password = password
    for group in groups:
        user.groups.append(Group(group.id))
    user.companies.append(Company(books.company.id))
    user.company = Company(books.company.id)
    user.save()
