/** What the tray says in its icon and its words, from the engine's standing and the open incidents. */
import type { EngineStanding } from './engine-process.ts'
import type { Views } from './views.ts'

/** The icons in resources/tray: each has its own shape, because a colour alone is not seen by everyone. */
export type TrayIcon = 'well' | 'attention' | 'blind'

export interface TraySummary {
  readonly icon: TrayIcon
  readonly says: string
  /** Null when it is not known. */
  readonly critical: number | null
}

export interface ViewSummary {
  readonly summary: TraySummary
  readonly demo: boolean
  /** How the person's own connections stand while the demo is shown; null when they are shown, or are not read. */
  readonly behind: string | null
}

/** Of what the window shows; the demo is called one, and hides nothing of what is real. */
export function viewSummary<Port>(views: Pick<Views<Port>, 'shown' | 'behind' | 'inDemo'>): ViewSummary {
  const [shown, behind] = [views.shown(), views.behind()]
  const summary = summaryOf(shown.standing(), shown.critical())
  const own = behind === null ? null : summaryOf(behind.standing(), behind.critical()).says
  if (!views.inDemo()) return { summary, demo: false, behind: null }
  return { summary: { ...summary, says: `Demo: ${lowerFirst(summary.says)}` }, demo: true, behind: own }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
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
