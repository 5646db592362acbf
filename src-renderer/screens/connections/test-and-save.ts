/** The course of a connection's form: what is typed in secret, what a test said of which state of it, and saving it. */
import { useEffect, useEffectEvent, useState } from 'react'
import type { CheckView, ConnectionView, PlatformView } from '../../../src-main/contract/views.ts'
import { type Failure, useCommand } from '../../ask.ts'
import { type FormDraft, draftOf, problemsIn, useDrafts } from './draft.ts'

interface Subject {
  /** Under this name what was typed is kept while the person looks elsewhere. */
  readonly name: string
  readonly platform: PlatformView
  readonly draft: FormDraft
  readonly existing: ConnectionView | null
  readonly onSaved: (saved: ConnectionView) => void
  readonly focusField: (field: string) => void
}

export interface Course {
  readonly secrets: Readonly<Record<string, string>>
  readonly typeSecret: (field: string, value: string) => void
  /** To be called when anything changes that a test depends on. */
  readonly edited: () => void
  readonly problemOf: (field: string) => string | null
  /** The last test, and whether it holds for what the form says now. */
  readonly check: CheckView | null
  readonly fresh: boolean
  readonly testing: boolean
  readonly saving: boolean
  /** What is about no field of the form; the rest is told at its field. */
  readonly failure: Failure | null
  readonly test: () => Promise<void>
  readonly save: () => Promise<void>
}

export function useTestAndSave({
  name,
  platform,
  draft,
  existing,
  onSaved,
  focusField,
}: Subject): Course {
  // Here and nowhere else: not in a store, and not among a command's inputs, which the query library keeps for a while.
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({})
  const [edits, setEdits] = useState(0)
  const [tested, setTested] = useState<{
    readonly check: CheckView
    readonly edits: number
  } | null>(null)
  const [pressed, setPressed] = useState(false)
  const test = useCommand((client, _: null) =>
    client.connections.test(draftOf(draft, platform, existing, secrets)),
  )
  const save = useCommand((client, _: null) =>
    client.connections.save(draftOf(draft, platform, existing, secrets)),
  )
  const found = problemsIn(draft, platform, existing, secrets)
  const failure = save.failure ?? test.failure
  const refused = failure?.field?.split('.').at(-1) ?? null
  const shownInPlace = [
    ...platform.settingsFields,
    ...platform.secretFields,
    { name: 'label' },
  ].some((field) => field.name === refused)
  const focusRefused = useEffectEvent(focusField)
  useEffect(() => {
    if (refused !== null) focusRefused(refused)
  }, [refused])
  const usable = (): boolean => {
    setPressed(true)
    const [first] = Object.keys(found)
    if (first !== undefined) focusField(first)
    return first === undefined
  }
  const edited = (): void => {
    setEdits((count) => count + 1)
    test.clear()
    save.clear()
  }
  return {
    secrets,
    typeSecret: (field, value) => {
      setSecrets((before) => ({ ...before, [field]: value }))
      edited()
    },
    edited,
    problemOf: (field) => {
      const seen = pressed ? found[field] : undefined
      return seen ?? (field === refused && failure !== null ? failure.what : null)
    },
    check: tested?.check ?? null,
    fresh: tested !== null && tested.edits === edits,
    testing: test.busy,
    saving: save.busy,
    failure: shownInPlace ? null : failure,
    test: async () => {
      save.clear()
      if (!usable()) return
      const check = await test.run(null)
      if (check !== null) setTested({ check, edits })
    },
    save: async () => {
      test.clear()
      if (!usable()) return
      const saved = await save.run(null)
      if (saved === null) return
      setSecrets({})
      useDrafts.getState().drop(name)
      onSaved(saved)
    },
  }
}
