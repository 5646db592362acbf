/** How the answers of the audit page look and are called, and what each of its links leads to. */
import { type AuditAnswer, type AuditPart, auditAnswers } from '../../../src-main/domain/audit-points.ts'
import type { StateLook } from '../../parts/state.tsx'

export const answerLooks: Readonly<Record<AuditAnswer | 'open', StateLook>> = {
  yes: { word: 'Yes', tone: 'good', shape: 'tick' },
  partly: { word: 'Partly', tone: 'medium', shape: 'half' },
  no: { word: 'No', tone: 'critical', shape: 'cross' },
  'not-applicable': { word: 'Not applicable', tone: 'low', shape: 'bar' },
  open: { word: 'Open', tone: 'high', shape: 'ring' },
}

export const shownAnswers = [...auditAnswers, 'open'] as const

export const partWords: Readonly<Record<AuditPart, string>> = { checklist: 'Checklist', workflow: '8 workflow controls', security: '9 security controls' }

const linkWords: Readonly<Record<string, string>> = {
  overview: 'Overview',
  incidents: 'Incidents',
  stock: 'Stock',
  replays: 'Replays',
  close: 'Close',
  connections: 'Connections',
  rules: 'Rules & owners',
  settings: 'Settings',
  audit: 'Trail',
}

export function linkWord({ screen, rule }: { readonly screen: string; readonly rule: string | null }): string {
  return rule === null ? (linkWords[screen] ?? screen) : `Incidents of ${rule.slice(0, 3)}`
}
