/** The command palette: every screen and every key's deed, and whatever else is found by typing. */
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight'
import type { ReactNode } from 'react'
import { useKeysStore } from '../stores/keys.ts'
import { Keys } from './key-sheet.tsx'

export interface PaletteEntry {
  readonly id: string
  readonly label: string
  readonly says: string
  readonly keys: string | null
  readonly run: () => void
}

/** Things that were looked for elsewhere; they stand there for the words that they were `found` by. */
export interface PaletteGroup {
  readonly title: string
  readonly found: string
  readonly entries: readonly PaletteEntry[]
}

export const openPalette: () => void = spotlight.open

interface PaletteProps {
  readonly places: readonly PaletteEntry[]
  readonly typed: string
  readonly onTyped: (text: string) => void
  readonly found: readonly PaletteGroup[]
}

/** What was found comes first, then `places`; what the shown screen binds to keys follows by itself. */
export function Palette({ places, typed, onTyped, found }: PaletteProps): ReactNode {
  const groups = useKeysStore((state) => state.groups)
  const known = new Set(places.map((place) => place.keys))
  const deeds = [...groups.values()].map((group) => ({
    group: group.title,
    actions: group.bindings.filter(({ keys }) => !known.has(keys) && keys !== 'mod+k').map((binding) => action({ id: `${group.title} ${binding.keys}`, label: binding.does, says: '', keys: binding.keys, run: binding.run })),
  }))
  const things = found.map((group) => ({
    group: group.title,
    // what was found need not hold the typed words as they were typed
    actions: group.entries.map((entry) => ({ ...action(entry), keywords: [group.found] })),
  }))
  return (
    <Spotlight
      query={typed}
      onQueryChange={onTyped}
      actions={[...things, { group: 'Go to', actions: places.map(action) }, ...deeds.filter((group) => group.actions.length > 0)]}
      shortcut={null}
      nothingFound="Nothing goes by that name"
      searchProps={{ placeholder: 'Order, invoice, SKU or customer; a screen or a command', 'aria-label': 'Find an order, an invoice, a SKU, a customer, a screen or a command' }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0 }}
      attributes={{ content: { 'aria-label': 'Find a screen or a command' } }}
      scrollable
      maxHeight="60vh"
    />
  )
}

function action(entry: PaletteEntry): SpotlightActionData {
  return {
    id: entry.id,
    label: entry.label,
    description: entry.says,
    rightSection: entry.keys === null ? null : <Keys keys={entry.keys} />,
    onClick: entry.run,
  }
}
