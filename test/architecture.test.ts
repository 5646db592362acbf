/** The rooms of the house and their doors: who may import whom, who alone may touch what; read from the sources. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix, relative, resolve, sep } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'

/** A room is a folder or a file; the longest path that fits is a file's room. Its own files it may always import. */
interface Room {
  readonly path: string
  readonly may: readonly string[]
  /** Only what lies in the folder itself: a new folder in it is a room that somebody must name. */
  readonly flat?: boolean
}

const engineRooms = ['store', 'secrets', 'connectors', 'poll', 'reconcile', 'replay', 'notices', 'audit', 'handlers']
const engine = 'src-main/engine'
const domain = 'src-main/domain'
const contract = 'src-main/contract'

function engineRoom(name: string, ...may: readonly string[]): Room {
  // The diary's type is passed around like the clock's, but its one maker lives beside the engine.
  return { path: `${engine}/${name}`, may: [domain, `${engine}/log.ts`, ...may.map((other) => `${engine}/${other}`)] }
}

const rooms: readonly Room[] = [
  { path: domain, may: [] },
  { path: contract, may: [domain] },
  engineRoom('store'),
  engineRoom('secrets'),
  engineRoom('connectors'),
  engineRoom('poll', 'store', 'connectors', 'secrets'),
  engineRoom('reconcile', 'store'),
  // A rule sees what its lens shows, and compares both sides' documents; it gathers nothing itself.
  engineRoom('reconcile/rules', 'reconcile/rule.ts', 'reconcile/lenses', 'reconcile/difference.ts'),
  engineRoom('replay', 'store', 'connectors', 'secrets', 'audit'),
  engineRoom('notices', 'store', 'connectors/api.ts'),
  engineRoom('audit', 'store'),
  { path: `${engine}/handlers`, may: [domain, contract, ...engineRoom('handlers', ...engineRooms).may] },
  // Its files put the rooms together.
  { path: engine, may: [domain, contract, engine], flat: true },
  { path: `${engine}/clock.ts`, may: [domain] },
  { path: `${engine}/log.ts`, may: [domain] },
  { path: `${engine}/log-file.ts`, may: [] },
  { path: 'src-main/headless.ts', may: [domain, contract, engine] },
  { path: 'src-main/shell', may: [domain, contract] },
  { path: 'src-main/index.ts', may: ['src-main/shell'] },
  { path: 'src-main/preload.ts', may: [contract] },
  { path: 'src-main/world', may: [] },
  // The world as a process of its own: it serves, lets time pass, and takes a visitor's pulls.
  { path: 'src-main/demo', may: [domain, contract, 'src-main/world'] },
  { path: 'src-renderer', may: [domain, contract] },
]

/** Files that alone may reach over a wall inside their room: the lists of what there is. */
const registries = [`${engine}/connectors/registry.ts`, `${engine}/reconcile/registry.ts`]

const shellDoors = ['src-main/shell', 'src-main/index.ts', 'src-main/preload.ts']
/** Who alone may import a package; what is not named is anybody's. */
const packageOwners: readonly { readonly package: RegExp; readonly owners: readonly string[] }[] = [
  { package: /^electron$/, owners: shellDoors },
  { package: /^electron-store$/, owners: ['src-main/shell'] },
  { package: /^better-sqlite3$/, owners: [`${engine}/store`] },
  { package: /^(?:keytar|@napi-rs\/keyring)(?:\/|$)/, owners: [`${engine}/secrets`] },
  { package: /^undici$/, owners: [`${engine}/connectors/api.ts`, `${engine}/outgoing.ts`] },
  { package: /^(?:node:)?(?:http|https|http2|net|tls|dgram)$/, owners: [`${engine}/process.ts`, 'src-main/world'] },
  { package: /^nodemailer(?:\/|$)/, owners: [`${engine}/notices`] },
  { package: /^ulid$/, owners: [`${engine}/clock.ts`] },
  { package: /^(?:react|react-dom|recharts|zustand|@mantine\/.*|@tanstack\/.*)(?:\/|$)/, owners: ['src-renderer'] },
  { package: /^@orpc\/server(?:\/|$)/, owners: ['handlers', 'events.ts', 'router.ts', 'process.ts'].map((file) => `${engine}/${file}`) },
  // The page has no Node, and a noun needs none; a secret only says how it is printed.
  { package: /^node:/, owners: [engine, ...shellDoors, 'src-main/headless.ts', 'src-main/world', 'src-main/demo', `${domain}/secret.ts`] },
]

/** Who alone may read the clock, roll dice, or go to the network; no owner: nobody. */
const clocks = [`${engine}/clock.ts`, 'src-main/shell/clock.ts', 'src-renderer/clock.ts', 'src-main/world', 'src-main/demo']
const dice = [`${engine}/clock.ts`, ...shellDoors, 'src-main/world']
const globalOwners: Readonly<Record<string, readonly string[]>> = {
  'Date.now': clocks,
  'new Date()': clocks,
  'performance.now': clocks,
  'process.hrtime': clocks,
  'Math.random': dice,
  'crypto.randomUUID': dice,
  'crypto.getRandomValues': dice,
  'node:crypto randomUUID': dice,
  'node:crypto randomBytes': dice,
  'node:crypto randomInt': dice,
  fetch: [`${engine}/connectors/api.ts`],
  'new WebSocket': [],
  'new EventSource': [],
  'new XMLHttpRequest()': [],
}

type Sources = ReadonlyMap<string, string>

interface Read {
  readonly imports: readonly string[]
  /** Those of the imports that are still there when types are gone. */
  readonly kept: readonly string[]
  readonly packages: readonly string[]
  readonly uses: readonly string[]
  readonly opens: boolean
}

describe('the house', () => {
  it('keeps its walls', () => {
    expect(violations(sourcesOf('src-main', 'src-renderer'))).toEqual([])
  })

  it.each([
    ['a room that reaches into another', `${domain}/a.ts`, `import '../engine/store/b.ts'`],
    ['a type that reaches into another', `${engine}/reconcile/a.ts`, `import type { B } from '../connectors/definition.ts'`],
    ['a re-export over a wall', `src-renderer/a.ts`, `export * from '../src-main/engine/clock.ts'`],
    ['an import at run time', `${contract}/a.ts`, `const b = await import('../engine/engine.ts')`],
    ['a rule that knows more than its face', `${engine}/reconcile/rules/a.ts`, `import '../match.ts'`],
    ['one platform that knows another', `${engine}/connectors/medusa/a.ts`, `import '../tryton/wire.ts'`],
    ['a folder that nobody has named', 'src-main/helpers/a.ts', ''],
    ['a folder of the engine that nobody has named', `${engine}/utils/a.ts`, ''],
    ['a package outside of its room', `${engine}/poll/a.ts`, `import Database from 'better-sqlite3'`],
    ['Electron outside of the shell', `${engine}/process.ts`, `import { app } from 'electron'`],
    ['Node in the page', `src-renderer/a.ts`, `import { join } from 'node:path'`],
    ['a clock that is read by hand', `${engine}/poll/a.ts`, `const now = Date.now()`],
    ['the present time by another name', `${domain}/a.ts`, `const now = new Date()`],
    ['dice', `${engine}/replay/a.ts`, `import { randomUUID } from 'node:crypto'`],
    ['a way to the network', `src-renderer/a.ts`, `const answer = fetch('https://example.com')`],
    ['a file that does not say why it exists', `${domain}/a.ts`, null],
  ])('notices %s', (_what, path, code) => {
    const opened = code === null ? 'export const a = 1' : `/** Says why it exists. */\n${code}`
    expect(violations(new Map([[path, opened]]))).toHaveLength(1)
  })

  it('notices a ring of imports', () => {
    const ring = new Map(['a', 'b', 'c'].map((name, at) => [
      `${domain}/${name}.ts`, `/** One of three. */\nimport './${'bca'[at]}.ts'`,
    ]))
    expect(violations(ring)).toEqual([`ring: ${['a', 'b', 'c', 'a'].map((name) => `${domain}/${name}.ts`).join(' → ')}`])
  })

  it('has nothing against a file that keeps to its room', () => {
    const code = '/** Reads what it is given. */\nimport { iso } from \'../../domain/time.ts\'\nexport const a = iso(new Date(0).getTime())'
    expect(violations(new Map([[`${engine}/poll/a.ts`, code]]))).toEqual([])
  })
})

function violations(sources: Sources): string[] {
  const reads = new Map([...sources].map(([path, source]) => [path, read(path, source)]))
  return [...[...reads].flatMap(([path, file]) => violationsOf(path, file)), ...rings(reads)]
}

function violationsOf(path: string, file: Read): string[] {
  const room = roomOf(path)
  if (room === null) return [`${path} is in no room`]
  return [
    ...file.imports.filter((other) => !mayImport(path, room, other)).map((other) => `${path} imports ${other}`),
    ...file.packages.filter((name) => !mayOwn(path, name)).map((name) => `${path} imports ${name}`),
    ...file.uses.filter((name) => !within(path, globalOwners[name] ?? [])).map((name) => `${path} uses ${name}`),
    ...(file.opens ? [] : [`${path} does not open with a sentence that says why it exists`]),
  ]
}

function roomOf(path: string): Room | null {
  const fitting = rooms.filter((room) => within(path, [room.path]) && (room.flat !== true || posix.dirname(path) === room.path))
  return fitting.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null
}

function within(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`))
}

function mayImport(path: string, room: Room, other: string): boolean {
  if (registries.includes(path) && within(other, [posix.dirname(path)])) return true
  const platform = platformOf(other)
  if (platform !== null && platform !== platformOf(path)) return false
  const own = roomOf(other) === room
  return own || within(other, room.may)
}

/** The folder of one platform among the connectors: it is closed to everybody but itself and the registry. */
function platformOf(path: string): string | null {
  return /^src-main\/engine\/connectors\/([^/]+)\//.exec(path)?.[1] ?? null
}

function mayOwn(path: string, name: string): boolean {
  return packageOwners.every((row) => !row.package.test(name) || within(path, row.owners))
}

function rings(reads: ReadonlyMap<string, Read>): string[] {
  const done = new Set<string>()
  const found: string[] = []
  function visit(path: string, way: readonly string[]): void {
    if (way.includes(path)) found.push(`ring: ${[...way.slice(way.indexOf(path)), path].join(' → ')}`)
    if (way.includes(path) || done.has(path)) return
    for (const other of reads.get(path)?.kept ?? []) visit(other, [...way, path])
    done.add(path)
  }
  for (const path of reads.keys()) visit(path, [])
  return found
}

function read(path: string, source: string): Read {
  const { module, program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const exported = module.staticExports.flatMap((each) => each.entries)
  const asked = [
    ...module.staticImports.map((each) => ({ from: each.moduleRequest.value, type: onlyTypes(each.entries) })),
    ...exported.map((each) => ({ from: each.moduleRequest?.value ?? '', type: each.isType })),
    ...module.dynamicImports.map(({ moduleRequest: at }) => ({ from: source.slice(at.start + 1, at.end - 1), type: false })),
  ].filter(({ from }) => from !== '')
  const inside = asked
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from, type }) => ({ path: posix.join(posix.dirname(path), from), type }))
    .filter((each) => /\.tsx?$/.test(each.path))
  const uses = new Set<string>()
  noteUses(program, uses)
  return {
    imports: [...new Set(inside.map((each) => each.path))],
    kept: [...new Set(inside.filter((each) => !each.type).map((each) => each.path))],
    packages: [...new Set(asked.map(({ from }) => from).filter((from) => !from.startsWith('.')))],
    uses: [...uses],
    opens: /^(?:#![^\n]*\n)?\/\*\*(?:[^*]|\*(?!\/))+[.:](?:[^*]|\*(?!\/))*\*\//.test(source),
  }
}

/** A bare import has no entries, and is one for its effect. */
function onlyTypes(entries: readonly { readonly isType: boolean }[]): boolean {
  return entries.length > 0 && entries.every((each) => each.isType)
}

/** Walks the whole tree, whatever its nodes are called, and notes what somebody owns. */
function noteUses(node: unknown, uses: Set<string>): void {
  if (Array.isArray(node)) for (const each of node) noteUses(each, uses)
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  // The parser's nodes are plain objects with a type.
  const plain = node as Node
  for (const name of namesOf(plain)) if (Object.hasOwn(globalOwners, name)) uses.add(name)
  for (const each of Object.values(plain)) noteUses(each, uses)
}

type Node = Readonly<Record<string, unknown>>

function namesOf(node: Node): readonly string[] {
  switch (node['type']) {
    case 'MemberExpression':
      return [`${nameIn(node, 'object')}.${nameIn(node, 'property')}`]
    case 'CallExpression':
      return [nameIn(node, 'callee')]
    case 'NewExpression':
      return [nameIn(node, 'callee') + (isEmpty(node['arguments']) ? '()' : '')].map((name) => `new ${name}`)
    case 'ImportDeclaration':
      return list(node['specifiers']).map((each) => `${nameIn(node, 'source')} ${nameIn(each, 'imported')}`)
    default:
      return []
  }
}

/** An identifier's name or a string's value; empty for anything else. */
function nameIn(node: Node, field: string): string {
  const inner = node[field]
  if (typeof inner !== 'object' || inner === null) return ''
  const { name, value } = inner as Node
  if (typeof name === 'string') return name
  return typeof value === 'string' ? value : ''
}

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value : []
}

function isEmpty(value: unknown): boolean {
  return list(value).length === 0
}

function sourcesOf(...folders: readonly string[]): Sources {
  const root = resolve(import.meta.dirname, '..')
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  const paths = files.filter((file) => file.isFile() && /\.tsx?$/.test(file.name)).map((file) => join(file.parentPath, file.name))
  return new Map(paths.map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]))
}
