/** What the audit page is answered from: facts of this installation, gathered elsewhere, so that each answer is a pure judgement. */
import type { Quiet } from '../../domain/channel.ts'
import type { Role } from '../../domain/connection.ts'
import type { FaultClass } from '../../domain/fault.ts'
import type { Severity } from '../../domain/incident.ts'
import type { ActionId } from '../../domain/intent.ts'
import type { PairSettings } from '../../domain/pair.ts'
import type { StreamName } from '../../domain/records.ts'
import type { Instant, Span } from '../../domain/time.ts'

export interface PairFacts {
  readonly id: string
  readonly label: string
  readonly shop: string
  readonly erp: string
  readonly settings: PairSettings
  /** Rules that the pair's settings leave nothing to say: they look at maps or owners that are not there. */
  readonly asleep: ReadonlySet<string>
  /** Titles of rules of the gravest weight that are not judged, here or in a market. */
  readonly graveOff: readonly string[]
  /** Streams that the shop and the ERP were read through to the end. */
  readonly shopReads: ReadonlySet<StreamName>
  readonly erpReads: ReadonlySet<StreamName>
  /** Days of the last week that were to be signed, and those that are. */
  readonly days: { readonly wanted: number; readonly signed: number; readonly reopened: number }
  readonly stock: { readonly watched: number; readonly behind: number; readonly p95Ms: Span | null }
}

export interface ConnectionFacts {
  readonly id: string
  readonly label: string
  readonly role: Role
  readonly state: string
  readonly transport: 'tls' | 'this computer'
  readonly secret: 'keychain' | 'environment' | 'memory' | null
  readonly secretSetAt: Instant | null
  readonly calls24h: number
  readonly faults24h: Readonly<Partial<Record<FaultClass, number>>>
  readonly again24h: number
  readonly setAside: number
}

export interface AuditFacts {
  readonly now: Instant
  readonly pairs: readonly PairFacts[]
  readonly connections: readonly ConnectionFacts[]
  /** Incidents that are not resolved, by rule. */
  readonly open: ReadonlyMap<string, number>
  /** What was closed in the last thirty days: by evidence, and because its rule was switched off. */
  readonly closed30d: { readonly evidence: number; readonly ruleOff: number }
  readonly orders24h: number
  /** What should have been judged by now and could not be, by rule. */
  readonly notJudged: ReadonlyMap<string, number>
  readonly people: number
  readonly roles: number
  /** How many rules, over all pairs, name an owner of their own. */
  readonly ownedRules: number
  readonly notices: { readonly enabled: boolean; readonly atLeast: Severity }
  readonly quiet: Quiet
  readonly channels: readonly string[]
  readonly repairs: Readonly<Record<ActionId, boolean>>
  readonly replays: { readonly total: number; readonly verified: number; readonly unclear: number }
  readonly overrides90d: number
  readonly late: number
  readonly retentionDays: number
  readonly trail: { readonly intact: boolean; readonly entries: number; readonly says: string }
}
