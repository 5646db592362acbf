/** The moments that people ask for when they look back, in the machine's zone. */
import { type Instant, hours, minutes } from '../../src-main/domain/time.ts'

export interface Preset {
  readonly label: string
  readonly at: Instant
}

export function presetsOf(now: Instant): readonly Preset[] {
  const at = (daysBefore: number, hour: number, minute = 0): Instant => {
    const date = new Date(now)
    date.setDate(date.getDate() - daysBefore)
    date.setHours(hour, minute, 0, 0)
    return date.getTime()
  }
  const date = new Date(now)
  const presets = [
    { label: '15 minutes ago', at: now - minutes(15) },
    { label: 'An hour ago', at: now - hours(1) },
    { label: 'This morning at 8', at: at(0, 8) },
    { label: 'Yesterday, same time', at: at(1, date.getHours(), date.getMinutes()) },
    { label: 'Yesterday at 18', at: at(1, 18) },
    { label: 'A week ago, same time', at: at(7, date.getHours(), date.getMinutes()) },
  ]
  return presets.filter((preset) => preset.at < now)
}
