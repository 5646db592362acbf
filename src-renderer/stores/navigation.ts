/** Where the person is: a screen, perhaps one thing on it, and what was asked of it, kept in step with the address (`#/incidents/ID`, `#/stock?sku=MUG`). */
import { create } from 'zustand'

export interface Place {
  /** A screen's id in `screens/registry.ts`. */
  readonly screen: string
  /** The one thing that is open on it; null for the screen itself. */
  readonly id: string | null
  /** What stands behind the question mark, by name. */
  readonly asked: Readonly<Record<string, string>>
}

export const home: Place = { screen: 'overview', id: null, asked: {} }

/** `#/incidents/ID` to a place; anything else is home. */
export function placeOf(hash: string): Place {
  const [path = '', ...questions] = hash.replace(/^#\/?/, '').split('?')
  const [screen = '', id = ''] = path.split('/')
  if (!/^[a-z][a-z-]{0,40}$/.test(screen)) return home
  const asked = Object.fromEntries(new URLSearchParams(questions.join('?')))
  try {
    return { screen, id: id === '' ? null : decodeURIComponent(id), asked }
  } catch {
    // A hand-typed address with a broken escape names nothing.
    return { screen, id: null, asked }
  }
}

/** The address of a place, for links: `<a href={hrefOf('incidents', id)}>`. What is asked and null is left out. */
export function hrefOf(screen: string, id: string | null = null, asked: Readonly<Record<string, string | null>> = {}): string {
  const named = Object.entries(asked).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
  const question = named.length === 0 ? '' : `?${new URLSearchParams(named).toString()}`
  return id === null ? `#/${screen}${question}` : `#/${screen}/${encodeURIComponent(id)}${question}`
}

/** Goes there by way of the address, so that back and forward work. */
export function go(screen: string, id: string | null = null, asked: Readonly<Record<string, string | null>> = {}): void {
  window.location.hash = hrefOf(screen, id, asked)
}

export const useNavigation = create<{ readonly place: Place }>(() => ({ place: placeOf(window.location.hash) }))

window.addEventListener('hashchange', () => {
  useNavigation.setState({ place: placeOf(window.location.hash) })
})
