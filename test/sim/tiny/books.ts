/** The smallest shop and ERP that the simulation itself can be tested with: rows with stamps, and a server over them. */
import { z } from 'zod'
import type { DomainRecord } from '../../../src-main/domain/records.ts'
import type { Instant } from '../../../src-main/domain/time.ts'
import type { Server, WireReply } from '../../../src-main/world/wire/exchange.ts'

interface Row {
  readonly id: string
  readonly stamp: Instant
  readonly record: DomainRecord
}

export interface TinyBooks {
  readonly rows: ReadonlyMap<string, Row>
  put(record: DomainRecord): void
  serve: Server
}

const pageRows = 50

const writing = z.object({ reference: z.string(), record: z.string() })

/** `create`: what a write makes of the text that it is given; null where the platform takes none. */
export function tinyBooks(now: () => Instant, create: ((record: string) => DomainRecord) | null): TinyBooks {
  const rows = new Map<string, Row>()

  function put(record: DomainRecord): void {
    rows.set(`${record.kind} ${record.id}`, { id: record.id, stamp: now(), record: { ...record, changedAt: now() } })
  }

  function page(kind: string, since: Instant, after: string): unknown {
    const all = [...rows.values()]
      .filter((row) => row.record.kind === kind && (row.stamp > since || (row.stamp === since && row.id > after)))
      .toSorted((left, right) => left.stamp - right.stamp || (left.id < right.id ? -1 : 1))
    return { rows: all.slice(0, pageRows).map(wireRow), more: all.length > pageRows }
  }

  function named(name: string): unknown {
    return { rows: [...rows.values()].filter((row) => namesOf(row.record).includes(name)).map(wireRow), more: false }
  }

  return {
    rows,
    put,
    serve(request) {
      const url = new URL(request.path, 'http://tiny')
      const ask = (name: string): string => url.searchParams.get(name) ?? ''
      if (request.method === 'GET' && url.pathname === '/changed') return json(200, page(ask('kind'), Number(ask('since')), ask('after')), now())
      if (request.method === 'GET' && url.pathname === '/named') return json(200, named(ask('name')), now())
      if (request.method === 'POST' && create !== null) {
        const given = writing.parse(JSON.parse(request.body))
        const made = create(given.record)
        put(made)
        return json(200, { id: made.id }, now())
      }
      return json(404, { error: 'no such path' }, now())
    },
  }
}

/** Texts by which a record can be asked for. */
function namesOf(record: DomainRecord): readonly string[] {
  if (record.kind === 'order') return [record.number]
  return record.kind === 'erp-order' ? record.references : []
}

/** The record as text, because the engine reads every number of an answer as its own text. */
function wireRow({ id, stamp, record }: Row): unknown {
  return { id, stamp: String(stamp), record: JSON.stringify(record) }
}

function json(status: number, body: unknown, at: Instant): WireReply {
  const headers = { 'content-type': 'application/json', date: new Date(at).toUTCString() }
  return { kind: 'answer', status, headers, body: JSON.stringify(body) }
}
