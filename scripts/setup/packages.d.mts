/** The types of packages.mjs, for its test. */
export function matchesLock(root: string): boolean
