/** Asks Shopify one question and reads its answer: every document is sent to the one address of its pinned version. */
import { z } from 'zod'
import { type Fault, type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { Instant, Span } from '../../../domain/time.ts'
import type { Api } from '../definition.ts'
import type { Document } from './document.ts'
import { apiVersion } from './settings.ts'

export const endpoint = `admin/api/${apiVersion}/graphql.json`

export type Variables = Readonly<Record<string, unknown>>

export interface Told<T> {
  readonly data: T
  /** Shopify's clock at the answer. */
  readonly date: Instant | null
}

/** Made once, whatever it holds: to make a schema costs more than to parse an answer by it. */
const answered = z.object({ data: z.unknown() })

export async function ask<T>(
  api: Api,
  document: Document,
  variables: Variables,
  shape: z.ZodType<T>,
  timeoutMs?: Span,
): Promise<Outcome<Told<T>>> {
  const answer = await api.request({
    method: 'POST',
    path: endpoint,
    body: { query: document.text, variables },
    reads: !document.writes,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  if (!answer.ok) return answer
  const whole = answered.safeParse(answer.value.json)
  if (!whole.success) return failed(shapeFault(document, 'data'))
  const read = shape.safeParse(whole.data.data)
  if (!read.success) return failed(shapeFault(document, ['data', ...(read.error.issues[0]?.path ?? [])].join('.')))
  return ok({ data: read.data, date: answer.value.date })
}

export function shapeFault(document: Pick<Document, 'name'>, path: string): Fault {
  return fault(
    'unexpected-shape',
    'Shopify answered something that this version of Plumbline does not understand. Update Plumbline, or tell support.',
    { path, detail: `${document.name}: unexpected shape at "${path}"` },
  )
}
