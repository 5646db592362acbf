/** How every panel of the settings saves: only what it changes. */
import type { SettingsView } from '../../../src-main/contract/views.ts'
import { type Command, useCommand } from '../../ask.ts'

export function useSave(): Command<Partial<SettingsView>, SettingsView> {
  return useCommand((client, change: Partial<SettingsView>) => client.settings.save(change))
}
