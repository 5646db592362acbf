/** Points about what moves between shop and ERP: orders, money, stock, tax, invoices, products and customers. */
import type { AuditPointId } from '../../domain/audit-points.ts'
import type { OwnedDomain } from '../../domain/ownership.ts'
import { minutes } from '../../domain/time.ts'
import { type Answer, type Answered, answered, isOff, isOn, openOf, plural, watched } from './answer.ts'
import type { AuditFacts } from './page-facts.ts'

const paidMissing = 'F02-paid-order-missing'
const missing = [paidMissing, 'F02-order-missing']
const products = ['F08-sku-unknown', 'F08-unit-differs', 'F08-pack-differs', 'F08-line-unmapped', 'F08-duplicate-sku', 'F08-duplicate-barcode']

export const seamAnswers: Readonly<Partial<Record<AuditPointId, Answer>>> = {
  'orders-matched': (facts) =>
    watched(facts, {
      rules: missing,
      fine: 'Every order that was due is there.',
      found: (count) => `${plural(count, 'order')} should be in the ERP and ${count === 1 ? 'is' : 'are'} not.`,
    }),
  'orders-refused': (facts) => afterAbsence(facts),
  'orders-twice': (facts) =>
    watched(facts, {
      rules: ['F02-duplicate-erp-order'],
      fine: 'No order stands in the ERP twice; what is sent from here carries its key and is looked for before and after.',
      found: (count) => `${plural(count, 'order')} ${count === 1 ? 'stands' : 'stand'} in the ERP more than once.`,
    }),
  'orders-alert': (facts) => alerts(facts),
  'orders-refunds': (facts) =>
    watched(facts, {
      rules: ['F06-refund-without-credit-note', 'F06-credit-note-differs', 'F07-refund-not-told', 'F02-cancelled-in-shop', 'F02-cancelled-in-erp'],
      shop: ['orders', 'refunds'],
      erp: ['orders', 'credit-notes'],
      fine: 'Refunds, credit notes and cancellations are compared, and agree.',
      found: (count) => `They are compared; ${plural(count, 'difference')} ${count === 1 ? 'is' : 'are'} open.`,
      meansThen: 'partly',
    }),
  'stock-fresh': (facts) => freshness(facts),
  'stock-shared': (facts) => sharedStock(facts),
  'stock-reserve': (facts) => heldStock(facts),
  'stock-partial': (facts) =>
    watched(facts, {
      rules: ['F07-shipped-not-told', 'F07-shipped-only-in-shop', 'F07-tracking-missing', 'F07-tracking-differs'],
      shop: ['orders', 'fulfilments'],
      erp: ['orders', 'shipments'],
      fine: 'Each parcel of an order is followed on both sides, unit by unit, and they agree.',
      found: (count) => `Each parcel is followed; ${plural(count, 'order')} ${count === 1 ? 'is' : 'are'} told otherwise than it was sent.`,
      meansThen: 'partly',
    }),
  'stock-statuses': (facts) =>
    watched(facts, {
      rules: ['F10-unmapped-status'],
      maps: { 'F10-unmapped-status': 'statuses' },
      fine: 'Every status that was seen is mapped.',
      found: (count) => `${plural(count, 'order')} ${count === 1 ? 'carries' : 'carry'} a status that the pair’s map does not know.`,
    }),
  'tax-owner': (facts) => owned(facts, 'tax', 'tax codes'),
  'tax-codes': (facts) =>
    watched(facts, {
      rules: ['F10-unmapped-tax-code', 'F10-unmapped-market', 'F08-tax-code-differs'],
      maps: { 'F10-unmapped-tax-code': 'tax codes', 'F10-unmapped-market': 'markets' },
      fine: 'Every tax code and market that was seen is mapped, and no product is seen to be taxed otherwise than it is sold.',
      found: (count) => `${plural(count, 'tax code, market or product', 'tax codes, markets or products')} ${count === 1 ? 'is' : 'are'} not mapped, or taxed otherwise than sold.`,
    }),
  'tax-invoices': (facts) =>
    watched(facts, {
      rules: ['F06-invoice-line-differs', 'F06-invoice-missing', 'F06-invoice-duplicate', 'F05-invoice-tax-differs'],
      erp: ['orders', 'invoices'],
      fine: 'Invoices are compared with their orders line by line, and agree.',
      found: (count) => `They are compared line by line; ${plural(count, 'difference')} ${count === 1 ? 'is' : 'are'} open.`,
      meansThen: 'partly',
    }),
  'tax-lines': (facts) =>
    watched(facts, {
      rules: ['F02-total-differs', 'F05-tax-differs', 'F06-invoice-line-differs', 'F05-refund-tax-differs'],
      fine: 'Totals, tax and lines of both sides agree to the cent.',
      found: (count) => `${plural(count, 'difference')} to the cent ${count === 1 ? 'is' : 'are'} open, each with its cause.`,
      meansThen: 'partly',
    }),
  'tax-law': (facts) => sums(facts),
  'security-documents': (facts) => sums(facts),
  'masters-skus': (facts) =>
    watched(facts, {
      rules: products,
      shop: ['orders', 'products'],
      erp: ['orders', 'products'],
      fine: 'Every product that was seen agrees on both sides.',
      found: (count) => `${plural(count, 'product or order line')} ${count === 1 ? 'does' : 'do'} not agree.`,
    }),
  'masters-content': (facts) => owned(facts, 'content', 'titles and texts'),
  'masters-customer': (facts) => owned(facts, 'customer', 'customers'),
  'masters-twice': (facts) =>
    watched(facts, {
      rules: ['F04-duplicate-customer', 'F04-conflicting-billing'],
      erp: ['orders', 'customers'],
      fine: 'They are looked for by e-mail, VAT id and registration; none is open.',
      found: (count) => `They are looked for; ${plural(count, 'customer')} ${count === 1 ? 'is' : 'are'} there twice or billed by facts that contradict each other.`,
      meansThen: 'partly',
    }),
  'control-daily': (facts) => daily(facts),
  'recovery-daily': (facts) => daily(facts),
}

function afterAbsence(facts: AuditFacts): Answered | null {
  if (facts.pairs.length === 0) return null
  const off = facts.pairs.filter((pair) => missing.some((rule) => !isOn(pair, rule)))
  if (facts.pairs.every((pair) => missing.every((rule) => isOff(pair, rule)))) return answered('no', 'Nothing is watched for it: the rules are switched off.', 'rules')
  const found = 'It opens an incident with an owner, a deadline and a guide'
  if (!facts.repairs['order.create']) return answered('partly', `${found}; creating the order from here is switched off.`, 'settings')
  const without = off.length === 0 ? '' : ` Not all of its rules are switched on for ${off.map((pair) => pair.label).join(', ')}.`
  return answered(off.length === 0 ? 'yes' : 'partly', `${found}, and can be created from here, after a preview.${without}`, 'rules', null)
}

/** The one thing that must wake somebody. */
export function alerts(facts: AuditFacts): Answered | null {
  if (facts.pairs.length === 0) return null
  if (facts.pairs.every((pair) => isOff(pair, paidMissing))) return answered('no', 'The rule that would say so is switched off.', 'rules')
  const silent = facts.pairs.filter((pair) => !isOn(pair, paidMissing))
  if (silent.length > 0) return answered('partly', `The rule that would say so is not switched on everywhere for ${silent.map((pair) => pair.label).join(', ')}.`, 'rules')
  const { notices, channels } = facts
  if (!notices.enabled && channels.length === 0) return answered('no', 'Notices are switched off, and there is no channel beside the screen.', 'settings')
  if (channels.length === 0) return answered('partly', `This computer shows a notice from ${notices.atLeast} on; nobody is reached who is not here.`, 'settings')
  if (!notices.enabled) return answered('partly', `Only when nobody reacts: ${channels.join(', ')}.`, 'settings')
  return answered('yes', `This computer shows a notice from ${notices.atLeast} on; when nobody reacts, ${channels.join(', ')}.`, 'settings')
}

function freshness({ pairs }: AuditFacts): Answered | null {
  const measured = pairs.filter((pair) => pair.stock.watched > 0)
  if (measured.length === 0) return null
  const late = measured.filter((pair) => pair.stock.p95Ms !== null && pair.stock.p95Ms > minutes(pair.settings.stockTargetMinutes))
  const behind = measured.reduce((sum, pair) => sum + pair.stock.behind, 0)
  const said = measured.map((pair) => {
    const { p95Ms, watched: skus } = pair.stock
    const shown = p95Ms === null ? 'no change was followed yet' : `of 100 changes 95 show within ${Math.ceil(p95Ms / minutes(1))} minutes`
    return `${pair.label}: ${shown}, wanted are ${pair.settings.stockTargetMinutes} (${plural(skus, 'figure')})`
  })
  const says = `${said.join('; ')}. ${behind === 0 ? 'None is behind now.' : `${behind} ${behind === 1 ? 'is' : 'are'} behind now.`}`
  if (measured.every((pair) => pair.stock.p95Ms === null)) return answered(behind === 0 ? null : 'partly', says, 'stock')
  if (late.length === 0 && behind === 0) return answered('yes', says, 'stock')
  return answered(late.length === measured.length ? 'no' : 'partly', says, 'stock')
}

function sharedStock({ pairs }: AuditFacts): Answered | null {
  const rivals = pairs.filter((pair) => pairs.some((other) => other !== pair && other.erp === pair.erp))
  const shares = pairs.filter((pair) => pair.settings.stockShare !== '1')
  if (rivals.length === 0 && shares.length === 0) return null
  const together = rivals.length === 0 ? '' : `${plural(rivals.length, 'shop')} sell from one ERP. `
  if (shares.length === 0) return answered('partly', `${together}Each may offer all of it: no share is set.`, 'connections')
  return answered('yes', `${together}${shares.map((pair) => `${pair.label} may offer ${Number(pair.settings.stockShare) * 100} %`).join(', ')}.`, 'connections')
}

function heldStock({ pairs }: AuditFacts): Answered | null {
  if (pairs.length === 0) return null
  const holds = pairs.filter(({ settings }) => settings.stockBuffer > 0 || settings.stockCap !== null)
  if (holds.length === 0) return answered(null, 'No buffer and no cap is set in any pair; a reservation in the shop itself is not seen from here.', 'connections')
  const said = holds.map(({ label, settings }) => `${label} holds ${plural(settings.stockBuffer, 'unit')} back${settings.stockCap === null ? '' : ` and offers ${settings.stockCap} at most`}`)
  return answered(holds.length === pairs.length ? 'yes' : 'partly', `${said.join('; ')}.`, 'connections')
}

function owned({ pairs }: AuditFacts, domain: OwnedDomain, what: string): Answered | null {
  if (pairs.length === 0) return null
  const settled = pairs.flatMap((pair) => {
    const held = pair.settings.owners[domain]
    return held === undefined ? [] : [`${pair.label}: ${held.owner}`]
  })
  if (settled.length === 0) return answered('no', `No pair says who owns ${what}.`, 'connections')
  return answered(settled.length === pairs.length ? 'yes' : 'partly', `Owner of ${what}, ${settled.join('; ')}.`, 'connections')
}

/** Sums are ours to check; the law has more to say. */
function sums(facts: AuditFacts): Answered | null {
  if (facts.pairs.every((pair) => !pair.erpReads.has('invoices'))) return null
  const off = facts.pairs.filter((pair) => !isOn(pair, 'F06-invoice-sums'))
  if (off.length > 0) return answered(off.length === facts.pairs.length ? 'no' : 'partly', `The rule that adds them up is switched off for ${off.map((pair) => pair.label).join(', ')}.`, 'rules')
  const count = openOf(facts, ['F06-invoice-sums'])
  if (count > 0) return answered('no', `${plural(count, 'invoice')} ${count === 1 ? 'does' : 'do'} not add up as EN 16931 asks.`, 'incidents', 'F06-invoice-sums')
  return answered(null, 'Every invoice that was read adds up as EN 16931 asks; the rest of the law is for your accountant to say.', 'incidents', 'F06-invoice-sums')
}

function daily({ pairs }: AuditFacts): Answered | null {
  if (pairs.length === 0) return null
  const asked = pairs.filter((pair) => pair.settings.signOffFrom !== null)
  if (asked.length === 0) return answered('no', 'Each day is worked out, and no pair says that anybody signs it.', 'close')
  const wanted = asked.reduce((sum, pair) => sum + pair.days.wanted, 0)
  const signed = asked.reduce((sum, pair) => sum + pair.days.signed, 0)
  const reopened = asked.reduce((sum, pair) => sum + pair.days.reopened, 0)
  if (wanted === 0) return answered(null, 'Days are to be signed; none is over yet.', 'close')
  const again = reopened === 0 ? '' : ` ${reopened} ${reopened === 1 ? 'is' : 'are'} open again.`
  const says = `Of the last week’s ${plural(wanted, 'day')} with business ${signed} ${signed === 1 ? 'is' : 'are'} signed off.${again}`
  if (signed === wanted && reopened === 0) return answered(asked.length === pairs.length ? 'yes' : 'partly', says, 'close')
  return answered(signed === 0 ? 'no' : 'partly', says, 'close')
}
