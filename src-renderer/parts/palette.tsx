/** The command palette: every screen and every key's deed, found by typing. */
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

export const openPalette: () => void = spotlight.open

/** `places` come first; what the shown screen binds to keys follows by itself. */
export function Palette({ places }: { readonly places: readonly PaletteEntry[] }): ReactNode {
  const groups = useKeysStore((state) => state.groups)
  const known = new Set(places.map((place) => place.keys))
  const deeds = [...groups.values()].map((group) => ({
    group: group.title,
    actions: group.bindings.filter(({ keys }) => !known.has(keys) && keys !== 'mod+k').map((binding) => action({ id: `${group.title} ${binding.keys}`, label: binding.does, says: '', keys: binding.keys, run: binding.run })),
  }))
  return (
    <Spotlight
      actions={[{ group: 'Go to', actions: places.map(action) }, ...deeds.filter((group) => group.actions.length > 0)]}
      shortcut={null}
      nothingFound="Nothing goes by that name"
      searchProps={{ placeholder: 'Go to a screen or do something', 'aria-label': 'Go to a screen or do something' }}
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
