/** The audit page's answers: what data say of a seam, sentence by sentence, and where they keep silent. */
import { describe, expect, it } from 'vitest'
import { type AuditPointId, auditPointIds, auditPoints } from '../../../src-main/domain/audit-points.ts'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { streamNames } from '../../../src-main/domain/records.ts'
import { days, minutes } from '../../../src-main/domain/time.ts'
import { answerOf } from '../../../src-main/engine/audit/answers.ts'
import type { AuditFacts, ConnectionFacts, PairFacts } from '../../../src-main/engine/audit/page-facts.ts'
import { monday } from '../../support/clock.ts'

function aPairOf(given: Partial<PairFacts> & { readonly set?: object } = {}): PairFacts {
  const { set = {}, ...rest } = given
  return {
    id: 'pair',
    label: 'Shop with ERP',
    shop: 'shop',
    erp: 'erp',
    settings: pairSettingsSchema.parse(set),
    asleep: new Set(),
    graveOff: [],
    shopReads: new Set(streamNames),
    erpReads: new Set(streamNames),
    days: { wanted: 0, signed: 0, reopened: 0 },
    stock: { watched: 0, behind: 0, p95Ms: null },
    ...rest,
  }
}

/** As a pair comes: no map says anything. */
const noMaps = aPairOf({ asleep: new Set(['F10-unmapped-status', 'F10-unmapped-tax-code', 'F10-unmapped-market']) })
const owned = aPairOf({ set: { owners: { order: { owner: 'shop' }, invoice: { owner: 'erp' }, customer: { owner: 'shop' } } } })

const aConnectionOf = (given: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  id: 'shop',
  label: 'Shop',
  role: 'shop',
  state: 'ok',
  transport: 'tls',
  secret: 'keychain',
  secretSetAt: monday - days(10),
  calls24h: 1000,
  faults24h: {},
  again24h: 0,
  setAside: 0,
  ...given,
})

function factsOf(given: Partial<Omit<AuditFacts, 'open' | 'notJudged'>> & { readonly open?: Record<string, number>; readonly notJudged?: Record<string, number> } = {}): AuditFacts {
  const { open = {}, notJudged = {}, ...rest } = given
  return {
    now: monday,
    pairs: [aPairOf()],
    connections: [aConnectionOf()],
    open: new Map(Object.entries(open)),
    closed30d: { evidence: 41, ruleOff: 0 },
    orders24h: 12,
    notJudged: new Map(Object.entries(notJudged)),
    people: 1,
    roles: 0,
    ownedRules: 0,
    notices: { enabled: true, atLeast: 'high' },
    quiet: { enabled: false, from: '22:00', to: '07:00', zone: 'UTC', exceptCritical: true },
    channels: ['Mail'],
    repairs: { 'order.create': true, 'invoice.create': false, 'stock.set': false, 'status.push': false },
    replays: { total: 3, verified: 3, unclear: 0 },
    overrides90d: 0,
    late: 0,
    retentionDays: 90,
    trail: { intact: true, entries: 7, says: '' },
    ...rest,
  }
}

const told = (point: AuditPointId, given: Parameters<typeof factsOf>[0] = {}) => {
  const found = answerOf(point, factsOf(given))
  return found === null ? null : [found.answer, found.says]
}

describe('the points', () => {
  it('are the checklist, the eight workflow controls and the nine security controls', () => {
    const count = (part: string) => auditPointIds.filter((id) => auditPoints[id].part === part).length
    expect([count('checklist'), count('workflow'), count('security')]).toEqual([32, 8, 9])
  })

  it('are answered with a sentence that ends, whatever there is', () => {
    for (const given of [{}, { pairs: [], connections: [], channels: [], people: 0 }, { open: { 'F02-paid-order-missing': 1 }, late: 2 }]) {
      for (const id of auditPointIds) {
        const found = answerOf(id, factsOf(given))
        if (found !== null) expect(found.says).toMatch(/[.]$/)
        if (found?.link?.rule != null) expect(found.link.screen).toMatch(/^(?:incidents)$/)
      }
    }
  })

  it('are open while nothing is connected, but where this app itself is asked about', () => {
    const given = { pairs: [], connections: [], people: 0 }
    const settled = auditPointIds.filter((id) => answerOf(id, factsOf(given))?.answer != null)
    expect(settled).toEqual(['recovery-dashboard', 'recovery-replay', 'recovery-trail', 'control-dashboard', 'control-replay', 'control-override', 'control-escalation', 'security-trail'])
  })
})

describe('an answer from data', () => {
  it.each<[AuditPointId, Parameters<typeof factsOf>[0], readonly [string | null, string | RegExp] | null]>([
    ['orders-matched', {}, ['yes', 'Every order that was due is there.']],
    ['orders-matched', { open: { 'F02-paid-order-missing': 1 } }, ['no', '1 order should be in the ERP and is not.']],
    ['orders-matched', { open: { 'F02-paid-order-missing': 14_000, 'F02-order-missing': 2 } }, ['no', '14\u202f002 orders should be in the ERP and are not.']],
    ['orders-matched', { pairs: [aPairOf({ erpReads: new Set() })] }, [null, 'Not all that is needed for it was read yet.']],
    ['orders-matched', { pairs: [aPairOf({ set: { rules: { 'F02-paid-order-missing': { on: false }, 'F02-order-missing': { on: false } } } })] }, ['no', 'The rules that watch it are switched off.']],
    ['orders-matched', { notJudged: { 'F02-paid-order-missing': 500, 'F02-order-missing': 500 } }, ['partly', 'As far as it could be judged: every order that was due is there. 500 judgements could not be made yet.']],
    ['orders-matched', { notJudged: { 'F06-invoice-sums': 3 } }, ['yes', 'Every order that was due is there.']],
    ['orders-matched', { pairs: [aPairOf({ set: { rules: { 'F02-paid-order-missing': { on: false } } } })] }, ['partly', 'Every order that was due is there. Not all of its rules are switched on for Shop with ERP.']],
    ['stock-statuses', {}, ['yes', 'Every status that was seen is mapped.']],
    ['stock-statuses', { pairs: [noMaps] }, [null, 'No pair maps statuses: whether any is strange to the other side is not judged.']],
    ['stock-statuses', { pairs: [noMaps, aPairOf({ label: 'Second with ERP' })] }, ['partly', 'Every status that was seen is mapped. Not judged for Shop with ERP, where not all of it is mapped.']],
    ['tax-codes', { pairs: [noMaps] }, [null, 'No pair maps tax codes or markets: whether any is strange to the other side is not judged.']],
    ['tax-codes', { pairs: [aPairOf({ asleep: new Set(['F10-unmapped-market']) })] }, ['partly', 'No pair maps markets: whether any is strange to the other side is not judged.']],
    ['tax-codes', { pairs: [noMaps], open: { 'F08-tax-code-differs': 1 } }, ['no', /taxed otherwise than sold/]],
    ['orders-matched', { pairs: [aPairOf({ set: { rules: { 'F02-order-missing': { markets: { JP: { on: false } } } } } })] }, ['partly', 'Every order that was due is there. Not all of its rules are switched on for Shop with ERP.']],
    ['orders-alert', { pairs: [aPairOf({ set: { rules: { 'F02-paid-order-missing': { markets: { JP: { on: false } } } } } })] }, ['partly', 'The rule that would say so is not switched on everywhere for Shop with ERP.']],
    ['orders-alert', { pairs: [aPairOf({ set: { rules: { 'F02-paid-order-missing': { on: false } } } })] }, ['no', 'The rule that would say so is switched off.']],
    ['tax-law', { pairs: [aPairOf({ set: { rules: { 'F06-invoice-sums': { on: false } } } })] }, ['no', 'The rule that adds them up is switched off for Shop with ERP.']],
    ['recovery-dashboard', { pairs: [aPairOf({ graveOff: ['Paid order missing'] })] }, ['partly', 'What weighs most is not watched everywhere, as rules are switched off. Shop with ERP: Paid order missing.']],
    ['recovery-queue', {}, ['yes', /41 were closed by what both sides show\.$/]],
    ['recovery-queue', { closed30d: { evidence: 41, ruleOff: 3 } }, ['yes', /41 were closed by what both sides show, and 3 because nobody looks any more: a rule was switched off\.$/]],
    ['orders-alert', { channels: [] }, ['partly', /nobody is reached who is not here/]],
    ['orders-alert', { channels: [], notices: { enabled: false, atLeast: 'high' } }, ['no', /switched off/]],
    ['stock-fresh', { pairs: [aPairOf({ stock: { watched: 40, behind: 0, p95Ms: minutes(9) } })] }, ['yes', /95 show within 9 minutes, wanted are 15/]],
    ['stock-fresh', { pairs: [aPairOf({ stock: { watched: 40, behind: 2, p95Ms: minutes(90) } })] }, ['no', /2 are behind now/]],
    ['stock-fresh', {}, null],
    ['tax-owner', { pairs: [aPairOf({ set: { owners: { tax: { owner: 'erp' } } } })] }, ['yes', 'Owner of tax codes, Shop with ERP: erp.']],
    ['tax-owner', {}, ['no', 'No pair says who owns tax codes.']],
    ['tax-law', { open: { 'F06-invoice-sums': 2 } }, ['no', '2 invoices do not add up as EN 16931 asks.']],
    ['tax-law', {}, [null, /for your accountant to say/]],
    ['control-daily', {}, ['no', /no pair says that anybody signs it/]],
    ['control-daily', { pairs: [aPairOf({ set: { signOffFrom: '2026-11-01' }, days: { wanted: 7, signed: 7, reopened: 0 } })] }, ['yes', 'Of the last week’s 7 days with business 7 are signed off.']],
    ['control-daily', { pairs: [aPairOf({ set: { signOffFrom: '2026-11-01' }, days: { wanted: 7, signed: 7, reopened: 1 } })] }, ['partly', /1 is open again/]],
    ['recovery-owners', { people: 3, roles: 1, ownedRules: 2 }, ['yes', /2 rules have owners of their own/]],
    ['recovery-owners', {}, ['partly', 'Everything belongs to one person, and nobody stands in.']],
    ['safety-secrets', { connections: [aConnectionOf({ secret: 'memory' })] }, ['no', /memory only/]],
    ['safety-secrets', { connections: [aConnectionOf({ secretSetAt: monday - days(366) })] }, ['partly', 'The keys of Shop are older than a year.']],
    ['safety-secrets', {}, ['yes', /lie in the keychain/]],
    ['security-transport', { connections: [aConnectionOf(), aConnectionOf({ transport: 'this computer' })] }, ['yes', /1 connection over TLS, 1 connection that stays on this computer/]],
    ['security-limits', { connections: [aConnectionOf({ faults24h: { 'rate-limited': 20 } })] }, ['yes', /20 calls of 1\u202f000 .* \(2 %\)/]],
    ['security-limits', { connections: [aConnectionOf({ faults24h: { 'rate-limited': 200 } })] }, ['partly', /\(20 %\)/]],
    ['recovery-trail', { trail: { intact: false, entries: 3, says: 'Entry 2 was changed after it was written.' } }, ['no', /tampered with\. Entry 2/]],
    ['recovery-trail', { open: { 'F09-document-without-identity': 3 } }, ['partly', /3 documents of the ERP do not say who made them/]],
    ['recovery-trail', {}, ['partly', /No pair says who owns orders, invoices, customers: who makes or changes them is not judged\.$/]],
    ['security-trail', { pairs: [owned, aPairOf({ label: 'Second with ERP' })] }, ['partly', /Second with ERP does not say who owns all of/]],
    ['security-trail', { pairs: [owned] }, ['yes', /changes came from their owners\.$/]],
    ['security-trail', { pairs: [owned], notJudged: { 'F09-document-changed-outside': 2 } }, ['partly', /could not be judged yet 2 times\.$/]],
    ['control-escalation', { late: 2 }, ['partly', /2 incidents are past their deadline/]],
    ['recovery-replay', { replays: { total: 4, verified: 3, unclear: 1 } }, ['partly', /1 replay of 4 ended unclear, and waits/]],
    ['safety-cards', {}, null],
    ['masters-business', {}, null],
  ])('%s', (point, given, expected) => {
    const found = told(point, given)
    if (expected === null) expect(found).toBeNull()
    else expect(found).toEqual([expected[0], typeof expected[1] === 'string' ? expected[1] : expect.stringMatching(expected[1])])
  })
})
