/** How this window looks and listens; kept on this machine, not in the engine. */
import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import type { ReactNode } from 'react'
import { Panel } from '../../parts/panel.tsx'
import { usePreferences } from '../../stores/preferences.ts'

const schemes = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function Appearance(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const preferences = usePreferences()
  return (
    <Panel title="Appearance and keys">
      <div className="stack">
        <div>
          <SegmentedControl
            aria-label="Colours"
            data={[...schemes]}
            value={colorScheme}
            onChange={(next) =>
              setColorScheme(schemes.find((one) => one.value === next)?.value ?? 'auto')
            }
          />
        </div>
        <Switch
          label="Show every moment in full"
          checked={preferences.exactTimes}
          onChange={(event) => preferences.setExactTimes(event.currentTarget.checked)}
        />
        <Switch
          label="Single keys are commands"
          description="Such as j and k in lists. Off: only keys with Ctrl or Cmd."
          checked={preferences.singleKeys}
          onChange={(event) => preferences.setSingleKeys(event.currentTarget.checked)}
        />
      </div>
    </Panel>
  )
}
