/** What led to where a run ended: every exchange, every word of the engine, and what was planted, in the order of time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Instant } from '../../src-main/domain/time.ts'
import type { WireReply, WireRequest } from '../../src-main/world/wire/exchange.ts'
import type { Truth } from '../../src-main/world/world.ts'
import type { Said } from './score.ts'

interface Line {
  readonly at: Instant
  readonly says: string
}

export interface History {
  exchanged(at: Instant, side: string, request: WireRequest, reply: WireReply): void
  write(path: string, truth: Truth, said: readonly Said[]): void
}

/** A request's own words, cut: a page of a bulk file says no more by its end. */
const bodyMax = 400

export function openHistory(): History {
  const lines: Line[] = []
  return {
    exchanged(at, side, request, reply) {
      lines.push({ at, says: `${side} ${request.method} ${request.path} ${request.body.slice(0, bodyMax)} → ${outcomeOf(reply)}` })
    },
    write(path, truth, said) {
      const all = [
        ...lines,
        ...truth.planted.flatMap(({ scenario, rule, subject, plantedAt, findableAt, healedAt }) => {
          const name = `${scenario}: ${rule} of ${subject.kind} ${subject.key}`
          return [
            { at: plantedAt, says: `PLANTED ${name}` },
            { at: findableAt, says: `FINDABLE ${name}` },
            ...(healedAt === null ? [] : [{ at: healedAt, says: `HEALED ${name}` }]),
          ]
        }),
        ...said.flatMap((one) => {
          const name = `${one.rule} of ${one.kind} ${one.key}`
          return [{ at: one.openedAt, says: `SAID ${name}: ${one.says}` }, ...(one.closedAt === null ? [] : [{ at: one.closedAt, says: `CLOSED ${name}` }])]
        }),
      ].toSorted((left, right) => left.at - right.at)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, all.map((line) => `${new Date(line.at).toISOString()}  ${line.says.replaceAll('\n', ' ')}\n`).join(''))
    },
  }
}

function outcomeOf(reply: WireReply): string {
  if (reply.kind !== 'answer') return reply.kind
  const cut = reply.cutAfter === undefined ? '' : `, cut after ${reply.cutAfter}`
  return `${reply.status}, ${reply.body.length} characters${cut}: ${reply.body.slice(0, bodyMax)}`
}
