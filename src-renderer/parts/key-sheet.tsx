/** The sheet behind `?`: every key that does something right now, and the switch for keys without Ctrl or Cmd. */
import { Modal, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useKeysStore } from '../stores/keys.ts'
import { usePreferences } from '../stores/preferences.ts'
import { keyWords } from './use-keys.ts'

export function Keys({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className="keys">
      {keyWords(keys).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}

export function KeySheet(): ReactNode {
  const open = useKeysStore((state) => state.sheetOpen)
  const groups = useKeysStore((state) => state.groups)
  const show = useKeysStore((state) => state.showSheet)
  const { singleKeys, setSingleKeys } = usePreferences()
  return (
    <Modal opened={open} onClose={() => show(false)} title="Keyboard" size="lg">
      <div className="key-sheet">
        {[...groups.values()].filter((group) => group.bindings.length > 0).map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.bindings.map((binding) => (
                <div key={binding.keys} className="key-row">
                  <dt>{binding.does}</dt>
                  <dd>
                    <Keys keys={binding.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="md"
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        label="Keys without Ctrl or Cmd"
        description="Switch off if you speak your input or a screen reader uses these keys. Tab, Enter and Ctrl K still reach everything."
      />
    </Modal>
  )
}
