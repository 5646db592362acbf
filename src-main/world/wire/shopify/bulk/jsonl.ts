/** Turns an answer into lines: each node one line, those of nested connections with the id of their parent. */

export interface Lines {
  readonly lines: readonly string[]
  readonly roots: number
}

type Json = Readonly<Record<string, unknown>>

/** `connections` are response keys from the root, joined by dots. */
export function linesOf(data: unknown, connections: ReadonlySet<string>): Lines {
  const lines: string[] = []
  let roots = 0
  plain(data, '', null)
  return { lines, roots }

  /** A value without the connections in it, whose rows become lines after its own. */
  function plain(value: unknown, path: string, parentId: string | null): { readonly rest: unknown; readonly write: () => void } {
    if (Array.isArray(value)) {
      const parts = value.map((each) => plain(each, path, parentId))
      return { rest: parts.map((part) => part.rest), write: () => parts.forEach((part) => part.write()) }
    }
    if (!isJson(value)) return { rest: value, write: () => undefined }
    const rest: Record<string, unknown> = {}
    const writes: (() => void)[] = []
    for (const [key, inner] of Object.entries(value)) {
      const innerPath = path === '' ? key : `${path}.${key}`
      if (connections.has(innerPath)) {
        if (path === '') rows(inner, innerPath, null)
        else writes.push(() => rows(inner, innerPath, parentId))
        continue
      }
      const part = plain(inner, innerPath, parentId)
      rest[key] = part.rest
      writes.push(part.write)
    }
    return { rest, write: () => writes.forEach((write) => write()) }
  }

  function rows(connection: unknown, path: string, parentId: string | null): void {
    if (!isJson(connection)) return
    for (const [key, list] of Object.entries(connection)) {
      if (!Array.isArray(list)) continue
      for (const each of list) {
        const isEdge = isJson(each) && 'node' in each
        row(isEdge ? each['node'] : each, isEdge ? `${path}.${key}.node` : `${path}.${key}`, parentId)
      }
    }
  }

  function row(node: unknown, path: string, parentId: string | null): void {
    if (!isJson(node)) return
    const id = typeof node['id'] === 'string' ? node['id'] : null
    const { rest, write } = plain(node, path, id)
    if (parentId === null) roots += 1
    lines.push(JSON.stringify(parentId === null || !isJson(rest) ? rest : { ...rest, __parentId: parentId }))
    write()
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
