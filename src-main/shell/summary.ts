/** What the tray says in its icon and its words, from the engine's standing and the open incidents. */
import type { EngineStanding } from './engine-process.ts'

/** The icons in resources/tray: each has its own shape, because a colour alone is not seen by everyone. */
export type TrayIcon = 'well' | 'attention' | 'blind'

export interface TraySummary {
  readonly icon: TrayIcon
  readonly says: string
  /** Null when it is not known. */
  readonly critical: number | null
}

export function summaryOf(standing: EngineStanding, critical: number | null): TraySummary {
  switch (standing.engine) {
    case 'starting':
      return { icon: 'blind', says: 'Starting', critical: null }
    case 'restarting':
      return { icon: 'blind', says: 'Not watching: the engine is being restarted', critical: null }
    case 'stopped':
      return { icon: 'blind', says: 'Not watching: the engine has stopped', critical: null }
    case 'running':
      if (critical === null) return { icon: 'blind', says: 'Reading', critical }
      if (critical === 0) return { icon: 'well', says: 'No critical incidents', critical }
      return { icon: 'attention', says: `${critical} critical incident${critical === 1 ? '' : 's'}`, critical }
    default:
      return standing.engine satisfies never
  }
}
