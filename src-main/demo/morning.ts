/** A zone in which it is the morning of a working day's busiest hours: whoever visits at night finds the shop open too. */

const wantedHour = 11

/** As `Etc/GMT+5`, whose sign is the other way round; there is one for every hour. */
export function zoneOfMorning(at: number): string {
  const utcHour = new Date(at).getUTCHours()
  // -12 … +11: the zones that exist everywhere
  const east = ((wantedHour - utcHour + 12 + 24) % 24) - 12
  if (east === 0) return 'Etc/GMT'
  return east > 0 ? `Etc/GMT-${east}` : `Etc/GMT+${-east}`
}
