/** Sample audit entries: what the engine and people did, back for weeks. */
import type { AuditRow } from '../../../src-main/contract/views.ts'
import type { Instant } from '../../../src-main/domain/time.ts'

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
