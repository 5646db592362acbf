/** What the page and the shell say to each other besides the contract: the engine's state, wall mode, deep links, the demo. */
import { z } from 'zod'
import type { LeverBoard } from './demo.ts'

export const engineStates = ['starting', 'running', 'restarting', 'stopped'] as const
export type EngineState = (typeof engineStates)[number]

/**
 * Comes with `event.ports[0]`: a fresh line to the engine, for oRPC's message-port link (call `start()` on it).
 * Another one comes after each restart of the engine; the earlier one is dead then, and its calls fail.
 */
export interface PortMessage {
  readonly plumbline: 'port'
}

/** How things stand; comes after `ready` and whenever any of it changes. */
export interface ShellMessage {
  readonly plumbline: 'shell'
  /** stopped: it failed four times in a row and starts again only when somebody asks for it. */
  readonly engine: EngineState
  /** Restarts since the app was started. */
  readonly restarts: number
  /** Why the engine does not run, in a sentence for an owner; null while it does, or when nothing is known. */
  readonly says: string | null
  readonly wall: boolean
  /** True while the page shows the simulated shop and ERP, and not the person's own. */
  readonly demo: boolean
  /** True on the old Electron that gets no security fixes: the page shows a notice. */
  readonly developmentRuntime: boolean
  readonly version: string
}

/** Somebody clicked a notification or the tray: show this incident, or the queue when there is none or several. */
export interface OpenMessage {
  readonly plumbline: 'open'
  readonly incident: string | null
}

/** What may be broken in the demo, and what was; only while the page shows the demo. */
export interface LeversMessage extends LeverBoard {
  readonly plumbline: 'levers'
}

/** What became of a `print`: the page may be as it was before. */
export interface PrintedMessage {
  readonly plumbline: 'printed'
  /** As the page named it. */
  readonly ask: number
  /** left: the person closed the dialog. */
  readonly outcome: 'saved' | 'left' | 'failed'
  /** Where it lies, or why it was not written; null when the person left it. */
  readonly says: string | null
}

export type ToPage = PortMessage | ShellMessage | OpenMessage | LeversMessage | PrintedMessage

/** What the page may ask of the shell; anything else is dropped at the shell's door. */
export const fromPageSchema = z.discriminatedUnion('plumbline', [
  /** The page listens now: it gets `shell`, then `port` as soon as the engine runs, then a waiting `open`. */
  z.object({ plumbline: z.literal('ready') }),
  /** Once a second, from the loop that draws; on the wall, 2 s of silence reload the page. `at` is the page's clock. */
  z.object({ plumbline: z.literal('heartbeat'), at: z.number() }),
  z.object({ plumbline: z.literal('wall'), on: z.boolean() }),
  /** Opened in the person's browser; https only. */
  z.object({ plumbline: z.literal('external'), url: z.url({ protocol: /^https$/ }).max(2000) }),
  /** Starts a stopped engine once more. */
  z.object({ plumbline: z.literal('restart') }),
  /** Shows the demo in place of the person's own connections, or leaves it; the page is loaded anew for either. */
  z.object({ plumbline: z.literal('demo'), on: z.boolean() }),
  /** Breaks or mends something in the demo; nothing outside of it. */
  z.object({ plumbline: z.literal('pull'), lever: z.string().max(100) }),
  /** Puts what the page shows for print into a PDF where the person says; `foot` stands under each of its pages. */
  z.object({
    plumbline: z.literal('print'),
    ask: z.int().min(0),
    name: z.string().regex(/^[\w][\w.-]{0,150}\.pdf$/),
    foot: z.string().max(300),
  }),
])
export type FromPage = z.infer<typeof fromPageSchema>
