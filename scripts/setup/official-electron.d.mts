/** The types of official-electron.mjs, for its test. */
type Environment = Readonly<Record<string, string | undefined>>

export function officialElectron(root: string, env?: Environment): string | null
export function fetchOfficial(root: string, env: Environment, now: number): void
export function failedToday(root: string, env: Environment, now: number): boolean
