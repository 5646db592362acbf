/** What was changed about one thing, read from the trail: who, when, what from and to, and why. */
import { z } from 'zod'
import type { ChangeView } from '../../contract/duty-views.ts'
import { nameOf } from './sitting.ts'
import type { AuditEntry } from '../store/audit.ts'
import type { Store } from '../store/store.ts'

/** Entries of the trail that a history looks through, and shows. */
const historyMax = 200

type Parts = Pick<Store, 'audit' | 'people'>

/** Newest first. `without`: a part of it that has a history of its own. */
export function historyOf(store: Parts, subject: string, without: string | null = null): ChangeView[] {
  return store.audit.about(subject, historyMax).map((entry) => changeOf(store, entry, without)).filter((change) => change.began || change.changes.length > 0)
}

const anyObject = z.record(z.string(), z.unknown())

/** What an entry changed, name by name; what lies within another thing each on its own. */
function changeOf(store: Parts, entry: AuditEntry, without: string | null): ChangeView {
  const was = anyObject.nullable().parse(JSON.parse(entry.before))
  const before = flat(was ?? {}, without)
  const after = flat(anyObject.parse(JSON.parse(entry.after)), without)
  const names = was === null ? [] : [...new Set([...before.keys(), ...after.keys()])].toSorted()
  const said = (value: unknown): string => (value === null || value === undefined ? 'standard' : typeof value === 'string' ? value : JSON.stringify(value))
  return {
    at: entry.at,
    who: nameOf(store, entry.who),
    why: entry.why,
    began: was === null,
    changes: names.flatMap((what) => {
      const [from, to] = [said(before.get(what)), said(after.get(what))]
      return from === to ? [] : [{ what, before: from, after: to }]
    }),
  }
}

function flat(setting: Readonly<Record<string, unknown>>, without: string | null, prefix = ''): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [name, value] of Object.entries(setting)) {
    if (prefix === '' && name === without) continue
    const inner = anyObject.safeParse(value)
    if (inner.success) for (const [path, each] of flat(inner.data, null, `${prefix}${name}.`)) found.set(path, each)
    else found.set(`${prefix}${name}`, value)
  }
  return found
}
