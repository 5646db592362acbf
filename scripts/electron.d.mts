/** The types of electron.mjs, for the tests, which are TypeScript. */
export interface Electron {
  readonly path: string
  readonly kind: 'official' | 'development'
  readonly args: string[]
}

export interface Machine {
  readonly root: boolean
  readonly graphicsCard: boolean
  readonly onlyWayland: boolean
}

export function findElectron(root?: string): Electron
export function locateElectron(root?: string, machine?: Machine): Electron | null
