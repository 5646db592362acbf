/** What a screen is told: never a row of the store, never a secret. Instants are ms on our own clock. */
import { z } from 'zod'
import { digestSchema, quietSchema } from '../domain/channel.ts'
import { connectionStates, idSchema, roles } from '../domain/connection.ts'
import { faultClasses } from '../domain/fault.ts'
import { causes, closings, evidenceSchema, incidentStates, severities, subjectSchema } from '../domain/incident.ts'
import { actionIds, guarantees, intentStates } from '../domain/intent.ts'
import { moneySchema } from '../domain/money.ts'
import { noticeKinds } from '../domain/notice.ts'
import { pairSettingsSchema } from '../domain/pair.ts'
import { streamNames } from '../domain/records.ts'

const instant = z.int()

/** A figure's age: when it was true, and after how long it must be struck through. Null: never read. */
export const asOfView = z.object({ at: instant.nullable(), staleAfterMs: z.int() }).readonly()
export type AsOfView = z.infer<typeof asOfView>

export const streamView = z
  .object({
    stream: z.enum(streamNames),
    coveredFrom: instant.nullable(),
    coveredTo: instant.nullable(),
    staleAfterMs: z.int(),
    /** Rows of the last pass, and rows held now. */
    recordsLastPass: z.int(),
    recordsHeld: z.int(),
    lastPassMs: z.int().nullable(),
    faults: z.partialRecord(z.enum(faultClasses), z.int()),
  })
  .readonly()

export const connectionView = z
  .object({
    id: z.string(),
    platform: z.string(),
    platformLabel: z.string(),
    role: z.enum(roles),
    label: z.string(),
    state: z.enum(connectionStates),
    /** In words, for an owner: what is wrong, what it means, what to do; null when all is well. */
    says: z.string().nullable(),
    since: instant.nullable(),
    clockOffsetMs: z.int().nullable(),
    lastReadAt: instant.nullable(),
    nextReadAt: instant.nullable(),
    settings: z.record(z.string(), z.unknown()),
    /** Whether and where secrets are kept; never what they are. */
    secret: z.object({ stored: z.boolean(), where: z.enum(['keychain', 'environment', 'memory']).nullable(), setAt: instant.nullable() }),
    streams: z.array(streamView),
  })
  .readonly()
export type ConnectionView = z.infer<typeof connectionView>

export const fieldView = z
  .object({
    name: z.string(),
    label: z.string(),
    help: z.string(),
    kind: z.enum(['url', 'text', 'password', 'list', 'choice']),
    placeholder: z.string(),
    choices: z.array(z.object({ value: z.string(), label: z.string() })),
  })
  .readonly()
export type FieldView = z.infer<typeof fieldView>

export const platformView = z
  .object({
    id: z.string(),
    label: z.string(),
    role: z.enum(roles),
    settingsFields: z.array(fieldView),
    secretFields: z.array(fieldView),
    /** The ways in: of one of these rows every secret is needed. */
    secretSets: z.array(z.array(z.string())),
  })
  .readonly()
export type PlatformView = z.infer<typeof platformView>

/** The answer to "test connection": each step named, the first failed one says what to do. */
export const checkView = z
  .object({
    ok: z.boolean(),
    steps: z.array(z.object({ title: z.string(), state: z.enum(['ok', 'warning', 'failed']), says: z.string() })),
    clockOffsetMs: z.int().nullable(),
    locations: z.array(z.string()),
    channels: z.array(z.string()),
  })
  .readonly()
export type CheckView = z.infer<typeof checkView>

export const pairView = z
  .object({ id: z.string(), shop: z.string(), erp: z.string(), shopLabel: z.string(), erpLabel: z.string(), settings: pairSettingsSchema })
  .readonly()
export type PairView = z.infer<typeof pairView>

/** The live try-out of a reference pattern on real numbers. */
export const referenceTryView = z
  .object({
    problem: z.string().nullable(),
    rows: z.array(z.object({ reference: z.string(), number: z.string().nullable(), shopHasIt: z.boolean() })).max(50),
    matched: z.int(),
    total: z.int(),
  })
  .readonly()

export const incidentRow = z
  .object({
    id: z.string(),
    rule: z.string(),
    title: z.string(),
    severity: z.enum(severities),
    state: z.enum(incidentStates),
    pair: z.string().nullable(),
    subject: subjectSchema,
    amount: moneySchema.nullable(),
    cause: z.enum(causes).nullable(),
    says: z.string(),
    openedAt: instant,
    seenAt: instant,
    resolvedAt: instant.nullable(),
    reopenedCount: z.int(),
    /** A person or a role; null only for what was resolved before anybody was named. */
    owner: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** By when it must be resolved; null: no working hour lies ahead. */
    slaDueAt: instant.nullable(),
    /** The incident that explains this one, and is told in its place; null where none does. */
    parent: z.string().nullable(),
    /** Whether a repair exists for it; whether it is switched on is in the settings. */
    repair: z.enum(actionIds).nullable(),
  })
  .readonly()
export type IncidentRow = z.infer<typeof incidentRow>

export const intentView = z
  .object({
    id: z.string(),
    incident: z.string(),
    action: z.enum(actionIds),
    connection: z.string(),
    target: z.string(),
    state: z.enum(intentStates),
    guarantee: z.enum(guarantees),
    amount: moneySchema.nullable(),
    reason: z.string().nullable(),
    says: z.string(),
    targetId: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
    movedAt: instant,
    /** The moves a person may make from here, from the one table in domain/intent. */
    moves: z.array(z.enum(intentStates)),
  })
  .readonly()
export type IntentView = z.infer<typeof intentView>

export const timelineEntry = z
  .object({ at: instant, what: z.string(), who: z.string(), says: z.string() })
  .readonly()

export const incidentView = z
  .object({
    ...incidentRow.unwrap().shape,
    evidence: z.array(evidenceSchema),
    resolvedBy: z.string().nullable(),
    closedAs: z.enum(closings).nullable(),
    /** Whether a person gave it to its owner, or its rule did. */
    ownedBy: z.enum(['rule', 'person']),
    /** Working time that the owner has left, negative when it is over; elapsed time for a critical one. Null: resolved or ignored. */
    slaLeftMs: z.int().nullable(),
    snoozedUntil: instant.nullable(),
    /** Open incidents that this one explains. */
    children: z.int(),
    /** The order that it leads to: its own, or the one that its invoice bills. Null: none. */
    order: z.string().nullable(),
    /** What the parent says; null without one. */
    parentSays: z.string().nullable(),
    /** When each side was last read completely: how old the evidence is. */
    shopAsOf: asOfView,
    erpAsOf: asOfView,
    shopLabel: z.string(),
    erpLabel: z.string(),
    timeline: z.array(timelineEntry).max(200),
    replays: z.array(intentView).max(50),
    /** What to do, for an owner, step by step. */
    guide: z.array(z.string()),
  })
  .readonly()
export type IncidentView = z.infer<typeof incidentView>

/** A preview that may be confirmed, or why there is none. */
export const previewView = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('ready'),
      intent: intentView,
      previewHash: z.string(),
      /** The exact payload, pretty-printed JSON. */
      payload: z.string(),
      facts: z.array(z.object({ label: z.string(), value: z.string() })),
      warnings: z.array(z.string()),
      priceOfBeingWrong: z.string(),
      /** Nothing may be sent before this: the merchant's own integration may still be trying. */
      notBefore: instant.nullable(),
    }),
    z.object({ kind: z.literal('healed'), says: z.string() }),
    z.object({ kind: z.literal('refused'), says: z.string(), guide: z.array(z.string()) }),
  ])
  .readonly()
export type PreviewView = z.infer<typeof previewView>

const perCurrency = z.object({ currency: z.string(), minor: z.int(), count: z.int() })

export const overviewView = z
  .object({
    /** The moment it is told for; null: now. */
    at: instant.nullable(),
    /** What cannot be told for that moment, in words. */
    untold: z.array(z.string()),
    /** Null until both sides of some pair were read once. */
    judgedAt: instant.nullable(),
    hasConnections: z.boolean(),
    hasPairs: z.boolean(),
    unmatched: z.object({
      asOf: asOfView,
      count: z.int(),
      byCurrency: z.array(perCurrency),
      oldestDueAt: instant.nullable(),
      /** Oldest first; `openedAt` is when it was due. */
      top: z.array(z.object({ incident: z.string(), pair: z.string().nullable(), number: z.string(), amount: moneySchema.nullable(), openedAt: instant })).max(20),
      notJudged: z.int().nullable(),
    }),
    stock: z.object({
      asOf: asOfView,
      targetMs: z.int(),
      p50Ms: z.int().nullable(),
      p95Ms: z.int().nullable(),
      maxMs: z.int().nullable(),
      oldestOpenMs: z.int().nullable(),
      resolutionMs: z.int().nullable(),
      /** Null: not kept of then. */
      watched: z.int().nullable(),
      behind: z.int(),
      /** From when on the curve is kept; null: from the first change that was watched. */
      seriesFrom: instant.nullable(),
      /** One point a poll, newest last. */
      series: z.array(z.object({ at: instant, p50Ms: z.int().nullable(), p95Ms: z.int().nullable(), behind: z.int() })).max(500),
      worst: z
        .array(
          z.object({
            incident: z.string().nullable(),
            sku: z.string(),
            location: z.string(),
            stalenessMs: z.int(),
            /** Null: not kept of then. */
            shop: z.string().nullable(),
            expected: z.string().nullable(),
          }),
        )
        .max(20),
      notJudged: z.int().nullable(),
    }),
    tax: z.object({
      asOf: asOfView,
      byCurrency: z.array(perCurrency),
      byMarket: z.array(z.object({ market: z.string(), currency: z.string(), minor: z.int(), count: z.int() })).max(20),
      byCause: z.array(z.object({ cause: z.enum(causes), currency: z.string(), minor: z.int(), count: z.int() })).max(20),
      notJudged: z.int().nullable(),
    }),
    strip: z.object({
      /** Orders placed in the shop and documents made in the ERP, by hour, last 24 hours. */
      flow: z.array(z.object({ at: instant, shop: z.int(), erp: z.int() })).max(25),
      orders24h: z.int(),
      openIncidents: z.partialRecord(z.enum(severities), z.int()),
      /** Null: not kept that far. */
      apiErrors1h: z.int().nullable(),
      reads1h: z.int().nullable(),
      /** Subjects waiting to be judged; null: not kept. */
      backlog: z.int().nullable(),
    }),
    connections: z.array(connectionView),
    notJudged: z.array(z.object({ why: z.string(), count: z.int() })),
    outOfScope: z.array(z.object({ why: z.string(), count: z.int() })),
  })
  .readonly()
export type OverviewView = z.infer<typeof overviewView>

export const noticeView = z
  .object({
    id: z.string(),
    kind: z.enum(noticeKinds),
    severity: z.enum(severities),
    title: z.string(),
    body: z.string(),
    incidents: z.array(z.string()),
    createdAt: instant,
  })
  .readonly()
export type NoticeView = z.infer<typeof noticeView>

export const settingsView = z
  .object({
    /** How often near-real-time streams are read. */
    pollSeconds: z.int().min(5).max(3600),
    /** How long snapshot history is kept. */
    retentionDays: z.int().min(1).max(3650),
    /** Nothing is written to a customer's system until its repair is switched on here. */
    repairs: z.record(z.enum(actionIds), z.boolean()),
    notices: z.object({ enabled: z.boolean(), atLeast: z.enum(severities) }),
    quiet: quietSchema,
    digest: digestSchema,
  })
  .readonly()
export type SettingsView = z.infer<typeof settingsView>

export const engineView = z
  .object({
    version: z.string(),
    startedAt: instant,
    now: instant,
    /** Things a person must know about this run: secrets only in memory, a database set aside. */
    banners: z.array(z.object({ kind: z.enum(['memory-secrets', 'database-set-aside', 'development-runtime']), says: z.string() })),
    databasePath: z.string(),
  })
  .readonly()
export type EngineView = z.infer<typeof engineView>

export const connectionDraft = z.object({
  /** Null for a new one. */
  id: idSchema.nullable(),
  platform: z.string(),
  label: z.string().min(1).max(120),
  settings: z.record(z.string(), z.unknown()),
  /** Only those that were typed anew; never sent back. */
  secrets: z.record(z.string(), z.string()),
})
export type ConnectionDraft = z.infer<typeof connectionDraft>
