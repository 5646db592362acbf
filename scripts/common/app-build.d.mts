/** The types of app-build.mjs, for its test. */
export function isBuilt(root: string): boolean
export function sourcesFingerprint(root: string): string
