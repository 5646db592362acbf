/** Sample audit entries: what the engine and people did, back for weeks. */
import { implement } from '@orpc/server'
import type { AuditPageView, AuditPointView, AuditRow } from '../../../src-main/contract/audit-views.ts'
import { contract } from '../../../src-main/contract/operations.ts'
import { type Declaration, auditPointIds, auditPoints } from '../../../src-main/domain/audit-points.ts'
import { pairSettingsSchema } from '../../../src-main/domain/pair.ts'
import { streamNames } from '../../../src-main/domain/records.ts'
import { type Instant, days, minutes } from '../../../src-main/domain/time.ts'
import { answerOf } from '../../../src-main/engine/audit/answers.ts'
import type { AuditFacts } from '../../../src-main/engine/audit/page-facts.ts'
import type { Scene } from './scene.ts'

export function auditEntry(seq: number, total: number, now: Instant): AuditRow {
  const deeds: readonly [string, string, string | null][] = [
    ['incident opened', 'F02-paid-order-missing NL-104031', null],
    ['incident acknowledged', 'F05-tax-differs NL-103377', null],
    ['replay confirmed', 'order.create NL-102919', 'Customer called; the integration lost it during the outage on Sunday night.'],
    ['replay verified', 'order.create NL-102919', null],
    ['settings changed', 'pair nordlicht: graceMinutes 30 → 15', 'Finance asked for it'],
    ['credential set', 'tryton-main', null],
  ]
  const [what, subject, why] = deeds[seq % deeds.length] ?? ['', '', null]
  return { seq, at: now - (total - seq) * 1_900_000, who: seq % 3 === 0 ? 'owner@workstation' : 'Plumbline', what, subject, why, hash: (seq * 2_654_435_761).toString(16).padStart(64, 'c0ffee') }
}

const os = implement(contract)

/** `tell` says that the audit has changed. */
export function auditHandlers(scene: () => Scene, tell: () => void, now: () => Instant) {
  const declared: Declaration[] = [
    { point: 'tax-law', at: scene().now - days(12), answer: 'yes', who: 'Ada Lindqvist-Papadopoulos, Steuerberatung Nordlicht & Partner mbB', note: 'Checked with the auditors in the spring; the next look is due in March.' },
    { point: 'orders-matched', at: scene().now - days(40), answer: 'yes', who: 'Marit Ahlers', note: null },
    { point: 'masters-business', at: scene().now - days(3), answer: 'not-applicable', who: 'Marit Ahlers', note: 'We sell to consumers only.' },
  ]
  const of = (point: string) => declared.filter((one) => one.point === point).toReversed()
  const page = (): AuditPageView => {
    const facts = sampleFacts(scene())
    return {
      at: facts.now,
      points: auditPointIds.map((id): AuditPointView => {
        const found = answerOf(id, facts)
        const [latest] = of(id)
        const byData = found !== null && found.answer !== null
        return {
          id,
          ...auditPoints[id],
          answer: found?.answer ?? latest?.answer ?? null,
          by: byData ? 'data' : latest === undefined ? null : 'person',
          evidence: found === null ? null : { says: found.says, link: found.link },
          declared: latest ?? null,
          declarations: of(id).length,
        }
      }),
    }
  }
  return {
    list: os.audit.list.handler(({ input }) => {
      const total = scene().mood === 'empty' ? 0 : 640
      const from = input.before === null ? total : input.before - 1
      const seqs = Array.from({ length: Math.max(0, Math.min(input.limit, from)) }, (_, index) => from - index)
      return { rows: seqs.map((seq) => auditEntry(seq, total, scene().now)), total, intact: true, says: `All ${total} entries follow from each other.` }
    }),
    page: os.audit.page.handler(page),
    declare: os.audit.declare.handler(({ input }) => {
      declared.push({ ...input, at: now() })
      tell()
      return page()
    }),
    history: os.audit.history.handler(({ input }) => of(input.point)),
    exported: os.audit.exported.handler(({ input }) => ({ name: `audit.${input.as}`, text: 'part,group,point\r\n' })),
  }
}

/** A seam with long names, big numbers, and something of everything. */
function sampleFacts({ mood, now }: Scene): AuditFacts {
  const empty = mood === 'empty'
  const settings = pairSettingsSchema.parse({ signOffFrom: '2026-01-01', stockBuffer: 2, owners: { tax: { owner: 'erp' } } })
  const all = new Set(streamNames)
  const pair = { graveOff: [], asleep: new Set<string>(), shopReads: all, erpReads: all, days: { wanted: 14, signed: 11, reopened: 1 }, stock: { watched: 48_213, behind: 37, p95Ms: minutes(22) } }
  const connection = { transport: 'tls', secret: 'keychain', secretSetAt: now - days(90), calls24h: 51_877, again24h: 412, setAside: 3, state: 'ok' } as const
  return {
    now,
    pairs: empty
      ? []
      : [
          { ...pair, id: 'nordlicht', label: 'Nordlicht Outdoor, EU storefront with Tryton, Nordlicht Handelsgesellschaft mbH', shop: 'shop', erp: 'erp', settings },
          { ...pair, id: 'nordlicht-east', label: 'ノルドリヒト東京 with Odoo, East', shop: 'shop-east', erp: 'erp-east', settings: pairSettingsSchema.parse({}) },
        ],
    connections: empty
      ? []
      : [
          { ...connection, id: 'shop', label: 'Nordlicht Outdoor, EU storefront', role: 'shop', faults24h: { 'rate-limited': 618, temporary: 12 } },
          { ...connection, id: 'erp', label: 'Tryton, Nordlicht Handelsgesellschaft mbH', role: 'erp', secretSetAt: now - days(500), state: mood === 'blind' ? 'unreachable' : 'ok', faults24h: { 'erp-rejection': 4 } },
        ],
    open: new Map(mood === 'busy' ? [['F02-paid-order-missing', 15], ['F05-tax-differs', 1_204], ['F10-unmapped-tax-code', 3], ['F06-invoice-line-differs', 7], ['F09-document-without-identity', 2]] : []),
    closed30d: { evidence: 12_408, ruleOff: 3 },
    orders24h: empty ? 0 : 1_091,
    notJudged: new Map(mood === 'busy' ? [['F02-order-missing', 312]] : []),
    people: 2,
    roles: 1,
    ownedRules: mood === 'busy' ? 1 : 0,
    notices: { enabled: true, atLeast: 'high' },
    quiet: { enabled: false, from: '22:00', to: '07:00', zone: 'UTC', exceptCritical: true },
    channels: empty ? [] : ['Mail to finance', 'ntfy, on-call'],
    repairs: { 'order.create': true, 'invoice.create': false, 'stock.set': false, 'status.push': false },
    replays: { total: empty ? 0 : 41, verified: empty ? 0 : 38, unclear: mood === 'busy' ? 1 : 0 },
    overrides90d: 12,
    late: mood === 'busy' ? 4 : 0,
    retentionDays: 400,
    trail: { intact: true, entries: empty ? 0 : 640, says: '' },
  }
}
