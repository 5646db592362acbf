/** The keyboard map: screens and parts say what keys do while they are shown, and one listener on the page acts by it. */
import { useEffect, useRef } from 'react'
import { type KeyBinding, type KeyGroup, useKeysStore } from '../stores/keys.ts'
import { usePreferences } from '../stores/preferences.ts'

/** Two keys in a row count as one shortcut when the second follows within this time. */
const chordWithinMs = 1200

/**
 * Binds keys for as long as the caller is shown. Pass a fresh group freely: only its keys and words are compared.
 * Keys without Ctrl or Cmd rest while somebody types, while a dialog is open, and when they are switched off.
 */
export function useKeys(group: KeyGroup): void {
  const latest = useRef(group)
  const words = JSON.stringify([group.title, group.bindings.map(({ keys, does }) => [keys, does])])
  useEffect(() => {
    latest.current = group
  })
  useEffect(() => {
    const owner = Symbol(latest.current.title)
    const bindings = latest.current.bindings.map((binding, index) => ({
      ...binding,
      run: () => latest.current.bindings[index]?.run(),
    }))
    useKeysStore.getState().put(owner, { title: latest.current.title, bindings })
    return () => {
      useKeysStore.getState().drop(owner)
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- bound anew only when keys or words change; `run` is always the latest
  }, [words])
}

/** The page's one listener; mounted once by the app. */
export function useKeyListener(): void {
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      const key = nameOf(event)
      if (key === null) return
      const single = !key.startsWith('mod+') && !isFunctionKey(key)
      if (single && (isTyping(event.target) || !usePreferences.getState().singleKeys || dialogOpen())) return
      const chord = first !== null && event.timeStamp - first.at < chordWithinMs ? `${first.key} ${key}` : null
      first = { key, at: event.timeStamp }
      const binding = (chord === null ? null : bindingFor(chord)) ?? bindingFor(key)
      if (binding === null) return
      first = null
      event.preventDefault()
      binding.run()
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
    }
  }, [])
}

/** The last one bound wins: a table's `j` over a screen's. */
export function bindingFor(keys: string): KeyBinding | null {
  const groups = [...useKeysStore.getState().groups.values()].toReversed()
  for (const group of groups) {
    const binding = group.bindings.find((each) => each.keys === keys)
    if (binding !== undefined) return binding
  }
  return null
}

function nameOf(event: KeyboardEvent): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return null
  if (event.altKey) return null
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

function isFunctionKey(key: string): boolean {
  return /^F\d{1,2}$/.test(key)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]')
}

function dialogOpen(): boolean {
  return document.querySelector('[role=dialog], [role=alertdialog]') !== null
}

/** `mod+k` as people know it: "Ctrl K", or "⌘ K" on a Mac. */
export function keyWords(keys: string, mac = navigator.platform.startsWith('Mac')): readonly string[] {
  return keys
    .replace('mod+', mac ? '⌘ ' : 'Ctrl ')
    .split(' ')
    .map((key) => ({ ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' })[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}
