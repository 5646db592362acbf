/** What the parts of the demo say to each other: the simulated world, the shell that starts it, the engine that watches it. */
import type { Instant } from '../domain/time.ts'

/** What a visitor may break or mend. */
export interface Lever {
  readonly name: string
  readonly title: string
  /** What it does, in a sentence. */
  readonly says: string
  /** Whether it holds until it is mended, or happens once. */
  readonly kind: 'switch' | 'once'
  readonly on: boolean
}

/** What a rule should come to say, and of which subject; null: of any, as what concerns a whole stream shows in single ones. */
export interface Expected {
  readonly rule: string
  readonly key: string | null
}

/** One pull of a lever, and what a monitor should come to say about it. */
export interface Pull {
  readonly id: number
  readonly lever: string
  readonly title: string
  readonly at: Instant
  /** True when it mended what was broken. */
  readonly mended: boolean
  /** The faults that were planted by it, as far as they are known by now; empty for what takes its time. */
  readonly expected: readonly Expected[]
}

export interface LeverBoard {
  readonly levers: readonly Lever[]
  /** Newest first. */
  readonly pulls: readonly Pull[]
}

/** One simulated platform as a connection to it: its secrets are throw-away and worth nothing outside of this run. */
export interface DemoConnection {
  readonly id: string
  readonly platform: string
  readonly label: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/** The two simulated sides, and what they agreed on: pair settings as a person would enter them. */
export interface DemoSeam {
  readonly shop: DemoConnection
  readonly erp: DemoConnection
  readonly pair: Readonly<Record<string, unknown>>
}

/** From the shell to the world's process. */
export type ToWorld =
  | { readonly kind: 'start'; readonly seed: number }
  | { readonly kind: 'pull'; readonly lever: string }
  | { readonly kind: 'stop' }

/** From the world's process to the shell. */
export type FromWorld =
  /** It serves both sides, and time passes. */
  | { readonly kind: 'running'; readonly seam: DemoSeam }
  /** It could not begin; `says` is a sentence for a visitor. The shell ends the process then. */
  | { readonly kind: 'failed'; readonly says: string }
  | { readonly kind: 'board'; readonly board: LeverBoard }
