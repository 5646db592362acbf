/** The types of development-electron.mjs, for its test. */
export function unpackVerified(file: string, integrity: string, workshop: string): void
