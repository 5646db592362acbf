/** How a screen asks the engine: questions that keep their last known answer, and commands that end in an answer or a failure. */
import { ORPCError } from '@orpc/client'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Topic } from '../src-main/contract/events.ts'
import type { Instant } from '../src-main/domain/time.ts'
import { type EngineClient, type EngineLine, LineFault } from './engine.ts'
import { useLink } from './stores/link.ts'

export const EngineLineContext = createContext<EngineLine | null>(null)

/** What a person is told when something did not work; drawn by `parts/failure.tsx`. */
export interface Failure {
  readonly what: string
  /** What it means for their orders. */
  readonly means: string
  readonly todo: string
  /** The field of a form that it is about; null when it is about none. */
  readonly field: string | null
}

/** waiting: never answered yet; known: the last answer, however old, with what went wrong since; failed: no answer and a reason. */
export type Answer<Output> =
  | { readonly state: 'waiting'; readonly again: () => void }
  | { readonly state: 'failed'; readonly failure: Failure; readonly again: () => void }
  | {
      readonly state: 'known'
      readonly value: Output
      readonly answeredAt: Instant
      /** True while this is still the answer to the question before (another filter, another page). */
      readonly previous: boolean
      /** Why it could not be asked again; null when all is well. */
      readonly failure: Failure | null
      readonly again: () => void
    }

/**
 * Asks, and asks again whenever the engine says that one of `topics` changed.
 * `name` identifies the question: the operation, then its input (`['incidents.list', filter]`).
 */
export function useAnswer<Output>(
  topics: readonly Topic[],
  name: readonly [string, ...unknown[]],
  ask: (client: EngineClient, options: { readonly signal: AbortSignal }) => Promise<Output>,
  enabled = true,
): Answer<Output> {
  const line = useEngineLine()
  const up = useLink((link) => link.line === 'up')
  const query = useQuery(
    {
      queryKey: name,
      queryFn: ({ signal }) => ask(line.client, { signal }),
      placeholderData: keepPreviousData,
      enabled: up && enabled,
      meta: { topics },
    },
    line.queries,
  )
  const again = (): void => void query.refetch()
  if (query.data !== undefined) {
    return {
      state: 'known',
      value: query.data,
      answeredAt: query.dataUpdatedAt,
      previous: query.isPlaceholderData,
      failure: query.error === null ? null : failureOf(query.error),
      again,
    }
  }
  if (query.error !== null) return { state: 'failed', failure: failureOf(query.error), again }
  return { state: 'waiting', again }
}

export interface Command<Input, Output> {
  /** The answer, or null when it failed; `failure` then says why. */
  readonly run: (input: Input) => Promise<Output | null>
  readonly busy: boolean
  readonly failure: Failure | null
  readonly clear: () => void
}

/** Something a person asks for. Never sent twice by itself; what it changes comes back as changed topics. */
export function useCommand<Input, Output>(send: (client: EngineClient, input: Input) => Promise<Output>): Command<Input, Output> {
  const line = useEngineLine()
  const mutation = useMutation({ mutationFn: (input: Input) => send(line.client, input) }, line.queries)
  return {
    run: (input) =>
      mutation.mutateAsync(input).catch((error: unknown) => {
        if (!isExpected(error)) console.error('command', error)
        return null
      }),
    busy: mutation.isPending,
    failure: mutation.error === null ? null : failureOf(mutation.error),
    clear: mutation.reset,
  }
}

function useEngineLine(): EngineLine {
  const line = useContext(EngineLineContext)
  if (line === null) throw new Error('EngineLineContext is missing above this component')
  return line
}

function isExpected(error: unknown): boolean {
  return error instanceof LineFault || error instanceof ORPCError
}

/** Any error of a call, in words for an owner. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LineFault) {
    return {
      what: 'The engine did not answer.',
      means: 'Nothing is read or judged until it is back. What you see is the last that was known.',
      todo: 'It restarts by itself. If this stays for a minute, close Plumbline and open it again.',
      field: null,
    }
  }
  const says = saidBy(error)
  if (says !== null) return { what: says.says, means: 'Nothing was changed.', todo: '', field: says.field }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    return { what: 'Something in the form cannot be used.', means: 'Nothing was changed.', todo: 'Check what you typed.', field: firstPathOf(error.data) }
  }
  return {
    what: 'The engine ran into a fault of its own.',
    means: 'Nothing was changed by this. Reading and judging go on.',
    todo: 'Try once more. If it happens again, the log beside the database says why.',
    field: null,
  }
}

/** The contract's own refusals (REFUSED, NOT_FOUND) carry a sentence. */
function saidBy(error: unknown): { readonly says: string; readonly field: string | null } | null {
  if (!(error instanceof ORPCError) || (error.code !== 'REFUSED' && error.code !== 'NOT_FOUND')) return null
  const sent: unknown = error.data
  if (typeof sent !== 'object' || sent === null || !('says' in sent) || typeof sent.says !== 'string') return null
  return { says: sent.says, field: 'field' in sent && typeof sent.field === 'string' ? sent.field : null }
}

/** The first field that zod refused, as oRPC sends it: `{ issues: [{ path: ['settings', 'baseUrl'] }] }`. */
function firstPathOf(sent: unknown): string | null {
  if (typeof sent !== 'object' || sent === null || !('issues' in sent) || !Array.isArray(sent.issues)) return null
  const issues: readonly unknown[] = sent.issues
  const first = issues[0]
  if (typeof first !== 'object' || first === null || !('path' in first) || !Array.isArray(first.path)) return null
  return first.path.join('.')
}
