/** Puts together what is named together: an ERP document over two orders makes one matter of them. */

/** Each list names things that belong together; answers the groups that follow, in the order they were first named. */
export function groupsOf(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const parents = new Map<string, string>()
  const rootOf = (name: string): string => {
    let root = name
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) root = parent
    parents.set(name, root)
    return root
  }
  for (const [first, ...others] of lists) {
    if (first === undefined) continue
    const root = rootOf(first)
    for (const other of others) parents.set(rootOf(other), root)
  }
  const groups = new Map<string, string[]>()
  for (const name of parents.keys()) {
    const root = rootOf(name)
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [name])
    else group.push(name)
  }
  return [...groups.values()]
}
