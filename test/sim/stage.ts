/** What a simulated engine is put before: a business with its servers, the connections to them, and the truth about it. */
import type { Connection } from '../../src-main/domain/connection.ts'
import type { Pair } from '../../src-main/domain/pair.ts'
import type { Instant, Span } from '../../src-main/domain/time.ts'
import type { AnyConnector } from '../../src-main/engine/connectors/definition.ts'
import type { Weathered } from '../../src-main/world/wire/weather.ts'
import type { Truth } from '../../src-main/world/world.ts'

export interface StagedConnection {
  readonly connection: Omit<Connection, 'createdAt' | 'secretRef'>
  readonly secrets: Readonly<Record<string, string>>
  /** As the engine's requests name it: `http://127.0.0.1:8069`. */
  readonly origin: string
  readonly weather: Weathered
}

/** A document in the ERP that bears a shop order's number. */
export interface Standing {
  readonly number: string
  /** How many stand: cancelled ones do not. */
  readonly count: number
  /** How many of them were made through the monitor's own login. */
  readonly byUs: number
}

export interface Stage {
  /** Its weather in a line: what whoever looks into a failing seed must know first. */
  readonly skies: string
  /** How long the shop's lists do not show what was written. */
  readonly indexLag: Span
  /** Lets the business go on until then. */
  advance(to: Instant): void
  truth(): Truth
  readonly shop: StagedConnection
  readonly erp: StagedConnection
  readonly pair: Pair
  connectorOf(platform: string): AnyConnector | null
  /** What the ERP holds under the shop's numbers. */
  standing(): readonly Standing[]
}

/** What opens a stage: everything about it follows from the seed. */
export type OpenStage = (given: {
  readonly seed: number
  readonly startsAt: Instant
  readonly now: () => Instant
}) => Stage
