/** Where the person is: a screen and perhaps one thing on it, kept in step with the address (`#/incidents/ID`). */
import { create } from 'zustand'

export interface Place {
  /** A screen's id in `screens/registry.ts`. */
  readonly screen: string
  /** The one thing that is open on it; null for the screen itself. */
  readonly id: string | null
}

export const home: Place = { screen: 'overview', id: null }

/** `#/incidents/ID` to a place; anything else is home. */
export function placeOf(hash: string): Place {
  const [screen = '', id = ''] = hash.replace(/^#\/?/, '').split('/')
  if (!/^[a-z][a-z-]{0,40}$/.test(screen)) return home
  try {
    return { screen, id: id === '' ? null : decodeURIComponent(id) }
  } catch {
    // A hand-typed address with a broken escape names nothing.
    return { screen, id: null }
  }
}

/** The address of a place, for links: `<a href={hrefOf('incidents', id)}>`. */
export function hrefOf(screen: string, id: string | null = null): string {
  return id === null ? `#/${screen}` : `#/${screen}/${encodeURIComponent(id)}`
}

/** Goes there by way of the address, so that back and forward work. */
export function go(screen: string, id: string | null = null): void {
  window.location.hash = hrefOf(screen, id)
}

export const useNavigation = create<{ readonly place: Place }>(() => ({ place: placeOf(window.location.hash) }))

window.addEventListener('hashchange', () => {
  useNavigation.setState({ place: placeOf(window.location.hash) })
})
