/** What was typed into a connection's form, kept while the person looks elsewhere. Secrets are never among it. */
import { create } from 'zustand'
import type {
  ConnectionDraft,
  ConnectionView,
  FieldView,
  PlatformView,
} from '../../../src-main/contract/views.ts'
import { missingSecret } from '../../../src-main/domain/connection.ts'

/** One line of text, or a list of them. */
export type Typed = string | readonly string[]

export interface FormDraft {
  readonly platform: string | null
  readonly label: string
  readonly settings: Readonly<Record<string, Typed>>
}

interface Drafts {
  readonly kept: Readonly<Record<string, FormDraft>>
  readonly keep: (key: string, draft: FormDraft) => void
  readonly drop: (key: string) => void
}

export const useDrafts = create<Drafts>((set) => ({
  kept: {},
  keep: (key, draft) => {
    set((state) => ({ kept: { ...state.kept, [key]: draft } }))
  },
  drop: (key) => {
    set((state) => ({
      kept: Object.fromEntries(Object.entries(state.kept).filter(([each]) => each !== key)),
    }))
  },
}))

/** What the form shows before anybody types: the connection as it is, or nothing but the only platform there is. */
export function startOf(
  existing: ConnectionView | null,
  platforms: readonly PlatformView[],
): FormDraft {
  if (existing === null)
    return {
      platform: platforms.length === 1 ? (platforms[0]?.id ?? null) : null,
      label: '',
      settings: {},
    }
  const fields = platforms.find(({ id }) => id === existing.platform)?.settingsFields ?? []
  return {
    platform: existing.platform,
    label: existing.label,
    settings: Object.fromEntries(
      fields.map((field) => [field.name, typedOf(existing.settings[field.name], field)]),
    ),
  }
}

function typedOf(value: unknown, field: FieldView): Typed {
  if (field.kind === 'list') return Array.isArray(value) ? value.map(String) : []
  return value === undefined || value === null ? '' : String(value)
}

/** As the engine wants it. What was left empty is not given; what the form does not know stays as it was. */
export function draftOf(
  draft: FormDraft,
  platform: PlatformView,
  existing: ConnectionView | null,
  secrets: Readonly<Record<string, string>>,
): ConnectionDraft {
  const settings: Record<string, unknown> = { ...existing?.settings }
  for (const field of platform.settingsFields) {
    const typed = draft.settings[field.name] ?? ''
    const text = typeof typed === 'string' ? typed.trim() : typed
    if (text.length === 0) delete settings[field.name]
    else settings[field.name] = text
  }
  return {
    id: existing?.id ?? null,
    platform: platform.id,
    label: (draft.label.trim() === '' ? platform.label : draft.label.trim()).slice(0, 120),
    settings,
    secrets: Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== '')),
  }
}

/** What can be seen to be wrong before anything is asked; keyed by field. */
export function problemsIn(
  draft: FormDraft,
  platform: PlatformView,
  existing: ConnectionView | null,
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  for (const field of platform.settingsFields) {
    const typed = draft.settings[field.name]
    if (field.kind === 'url') {
      const problem = addressProblem(typeof typed === 'string' ? typed.trim() : '')
      if (problem !== null) problems[field.name] = problem
    }
  }
  const typed = platform.secretFields.filter((field) => (secrets[field.name] ?? '') !== '')
  const wanted = missingSecret(platform.secretSets, new Set(typed.map((field) => field.name)))
  const lacking = platform.secretFields.find((field) => field.name === wanted)
  if (lacking !== undefined && existing?.secret.stored !== true)
    problems[lacking.name] = `${lacking.label} is needed to read anything.`
  return problems
}

function addressProblem(text: string): string | null {
  if (text === '') return 'An address is needed, such as https://shop.example.com.'
  const address = addressOf(text)
  if (address === null)
    return /^[\w.-]+(?:[:/]|$)/.test(text)
      ? `Begin with https://, as in https://${text}`
      : 'This is not a web address.'
  const { protocol, hostname } = address
  if (address.username !== '' || address.password !== '')
    return 'Leave user name and password out of the address; they have their own fields.'
  if (protocol === 'https:') return null
  if (protocol !== 'http:') return `Begin with https://, not with ${protocol}//`
  const loopback =
    hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
  return loopback ? null : 'Over http:// a password would travel readable by others. Use https://.'
}

/** `URL.canParse` is younger than the oldest Chromium that the page runs on. */
function addressOf(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    // half-typed, or no address at all
    return null
  }
}
