/** One engine with all that the shell has to do with it: its line for the page, its notices, its count for the tray. */
import type { MessagePortMain } from 'electron'
import type { ToEngine } from '../contract/wires.ts'
import { seconds } from '../domain/time.ts'
import { type Attendant, type AttendantOptions, engineClient, openAttendant } from './attendant.ts'
import { steadyClock } from './clock.ts'
import type { EngineStanding } from './engine-process.ts'
import { type EngineStartOptions, type RunningEngine, newPort, startEngine } from './engine-start.ts'
import { log } from './log.ts'

export interface Watch<Port> {
  standing(): EngineStanding
  /** The near end of a fresh line to the engine; null when it does not run. */
  newPort(): Port | null
  /** Open critical incidents; null when it is not known. */
  critical(): number | null
  readNow(): void
  restart(): void
  tell(message: Extract<ToEngine, { kind: 'suspended' | 'resumed' }>): void
  /** Resolves when its process is gone. */
  stop(): Promise<void>
}

export interface WatchOptions
  extends Omit<EngineStartOptions, 'changed'>, Pick<AttendantOptions, 'show' | 'open' | 'incidentsChanged'> {
  /** Its standing, or its count. */
  readonly changed: () => void
}

export function startWatch(options: WatchOptions): Watch<MessagePortMain> {
  const { show, open, incidentsChanged, changed, ...start } = options
  const engine = startEngine({
    ...start,
    changed(standing) {
      log(`engine ${standing.engine}`, standing.says ?? undefined)
      if (standing.engine === 'running') void keepAttending(engine, attendant)
      changed()
    },
  })
  const attendant = openAttendant({
    show,
    open,
    incidentsChanged,
    criticalChanged: changed,
    failed: (error) => log('engine gave no answer', error),
  })

  return {
    standing: engine.standing,
    newPort: () => newPort(engine),
    critical: attendant.critical,
    readNow: () => void attendant.readNow().catch((error: unknown) => log('read now failed', error)),
    restart: engine.restart,
    tell: engine.tell,
    stop: engine.stop,
  }
}

/** Until this run of the engine ends; a line that ends before it is opened anew. */
async function keepAttending(engine: RunningEngine, attendant: Attendant): Promise<void> {
  const run = engine.standing().restarts
  while (engine.standing().restarts === run) {
    const port = newPort(engine)
    if (port === null) return
    const client = engineClient(port)
    port.start()
    const reason = await attendant.attend(client).catch((error: unknown) => error)
    await steadyClock.sleep(seconds(1))
    if (engine.standing().engine === 'running') log('line to the engine opened anew', reason)
  }
}
