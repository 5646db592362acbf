/** Runs the product's `check` as a user does: a process of its own, judged by its exit code and its two outputs alone. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { incidentSchema, writeProfile } from './pair.ts'

const root = join(import.meta.dirname, '..', '..')
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const milliseconds = z.number().nullable()

/** What a pass promises to print. It may print more. */
export const reportSchema = z.object({
  judgedAt: moment,
  connections: z.array(
    z.object({
      id: z.string(),
      platform: z.string(),
      state: z.enum(['ok', 'partial', 'unreachable', 'refused']),
      clockOffsetMs: milliseconds,
      streams: z.array(
        z.object({
          name: z.string(),
          coveredFrom: moment.nullable(),
          coveredTo: moment.nullable(),
          records: z.int(),
          faults: z.record(z.string(), z.int()),
        }),
      ),
    }),
  ),
  incidents: z.array(
    incidentSchema.extend({
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      openedAt: moment,
      says: z.string().min(1),
      evidence: z.unknown(),
    }),
  ),
  notJudged: z.array(z.object({ rule: z.string(), why: z.string(), count: z.int(), subjects: z.array(z.unknown()).max(100) })),
  outOfScope: z.array(z.object({ why: z.string(), count: z.int() })),
  stock: z.array(
    z.object({
      sku: z.string(),
      location: z.string(),
      stalenessMs: milliseconds,
      p50Ms: milliseconds,
      p95Ms: milliseconds,
      maxMs: milliseconds,
      oldestOpenMs: milliseconds,
      resolutionMs: milliseconds,
    }),
  ),
})
export type Report = z.output<typeof reportSchema>

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function check(described: unknown, environment: Readonly<Record<string, string>>): Promise<Run> {
  // the project's own Node, whatever started this suite: the store needs its Node-API
  const node = join(root, 'node_modules', '.bin', 'node')
  const words = [join(root, 'src-main', 'headless.ts'), 'check', '--profile', writeProfile(described), '--json']
  return new Promise((resolve) => {
    const child = execFile(node, words, { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
  })
}

/** The report of a run; what it said on stderr, when it printed none. */
export function reportOf(run: Run): Report {
  if (run.stdout.trim() === '') throw new Error(`check printed no report and ended with ${run.code}:\n${run.stderr}`)
  return reportSchema.parse(JSON.parse(run.stdout))
}
