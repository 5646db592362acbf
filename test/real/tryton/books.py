"""The company and its books: currency, countries, fiscal years, chart of accounts, taxes, how customers pay."""
import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from proteus import Model, Wizard


def make(session):
    b = SimpleNamespace()
    b.euro = euro()
    b.countries = countries()
    b.company = company(session, b)
    fiscal_years(session, b)
    b.accounts = chart(b)
    taxes(b)
    payment(b)
    session.log('company, books, taxes')
    return b


def euro():
    currency = Model.get('currency.currency')(
        name='Euro', symbol='€', code='EUR', numeric_code='978', digits=2, rounding=Decimal('0.01'))
    currency.rates.new(date=dt.date(2020, 1, 1), rate=Decimal('1'))
    currency.save()
    return currency


def countries():
    Country = Model.get('country.country')
    made = {}
    for code, code3, name in (('FR', 'FRA', 'France'), ('BE', 'BEL', 'Belgium'), ('ES', 'ESP', 'Spain')):
        made[code] = Country(name=name, code=code, code3=code3)
        made[code].save()
    return made


def company(session, b):
    own = Model.get('party.party')(name='Maison Exemple SAS')
    address = own.addresses[0]
    address.street, address.city, address.postal_code = '1 rue du Port', 'Lyon', '69002'
    address.country = b.countries['FR']
    own.save()
    # trytond.modules.*.tests.tools would do this, but importing them needs a test database's DB_NAME
    wizard = Wizard('company.company.config')
    wizard.execute('company')
    wizard.form.party, wizard.form.currency = own, b.euro
    wizard.execute('add')
    session.proteus._context = Model.get('res.user').get_preferences(True, {})
    found, = Model.get('company.company').find()
    return found


def fiscal_years(session, b):
    FiscalYear, Sequence, Strict, Kind = (Model.get(name) for name in (
        'account.fiscalyear', 'ir.sequence', 'ir.sequence.strict', 'ir.sequence.type'))
    move_kind, = Kind.find([('name', '=', 'Account Move')], limit=1)
    invoice_kind, = Kind.find([('name', '=', 'Invoice')], limit=1)
    for year in (session.today.year - 1, session.today.year):
        fiscal = FiscalYear(
            name=str(year), start_date=dt.date(year, 1, 1), end_date=dt.date(year, 12, 31), company=b.company)
        fiscal.post_move_sequence = Sequence(name='Moves %d' % year, sequence_type=move_kind, company=b.company)
        fiscal.post_move_sequence.save()
        numbers = Strict(
            name='Invoices %d' % year, sequence_type=invoice_kind, company=b.company, prefix='F%d-' % year, padding=6)
        numbers.save()
        row, = fiscal.invoice_sequences
        row.out_invoice_sequence = row.in_invoice_sequence = numbers
        row.out_credit_note_sequence = row.in_credit_note_sequence = numbers
        fiscal.save()
        fiscal.click('create_period')


def chart(b):
    Account = Model.get('account.account')
    template, = Model.get('account.account.template').find([('name', '=', 'Minimal Account Chart')], limit=1)
    wizard = Wizard('account.create_chart')
    wizard.execute('account')
    wizard.form.account_template, wizard.form.company = template, b.company
    wizard.execute('create_account')
    accounts = {}
    for kind in ('receivable', 'payable', 'revenue', 'expense'):
        accounts[kind], = Account.find([('type.%s' % kind, '=', True), ('company', '=', b.company.id)], limit=1)
    for key, name in (('cash', 'Main Cash'), ('tax', 'Main Tax')):
        accounts[key], = Account.find([('name', '=', name), ('company', '=', b.company.id)], limit=1)
    wizard.form.account_receivable, wizard.form.account_payable = accounts['receivable'], accounts['payable']
    wizard.execute('create_properties')
    return accounts


def taxes(b):
    Tax, Rule = Model.get('account.tax'), Model.get('account.tax.rule')
    # one group for all: a tax rule swaps taxes only inside one group
    group = Model.get('account.tax.group')(name='VAT', code='VAT', kind='sale')
    group.save()
    b.taxes = {}
    for rate, name in (('20', 'TVA 20% FR'), ('5.5', 'TVA 5,5% FR'), ('21', 'BTW/IVA 21%')):
        tax = Tax(name=name, description=name, type='percentage', rate=Decimal(rate) / 100, group=group,
                  invoice_account=b.accounts['tax'], credit_note_account=b.accounts['tax'])
        tax.save()
        b.taxes[Decimal(rate)] = tax
    b.abroad = Rule(name='BE and ES consumers', kind='sale', company=b.company)
    for origin in ('20', '5.5'):
        line = b.abroad.lines.new()
        line.group = group
        line.origin_tax, line.tax = b.taxes[Decimal(origin)], b.taxes[Decimal('21')]
    b.abroad.save()
    configuration = Model.get('account.configuration')(1)
    # Tryton's default is to round tax per document; the shop's totals come out to the cent only per line
    configuration.tax_rounding = 'line'
    configuration.default_customer_tax_rule = None
    configuration.save()


def payment(b):
    cash, = Model.get('account.journal').find([('type', '=', 'cash')], limit=1)
    b.card = Model.get('account.invoice.payment.method')(
        name='Card', journal=cash, credit_account=b.accounts['cash'], debit_account=b.accounts['cash'])
    b.card.save()
    b.term = Model.get('account.invoice.payment_term')(name='Paid by card')
    b.term.lines.new(type='remainder')
    b.term.save()
