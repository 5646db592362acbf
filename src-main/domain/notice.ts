/** What is told to a person: grouped by cause, shown at least once, and again only if we died between showing and noting it. */
import { z } from 'zod'
import { severities } from './incident.ts'

export const noticeKinds = ['opened', 'recovered', 'flapping'] as const

export const noticeSchema = z
  .object({
    id: z.string(),
    kind: z.enum(noticeKinds),
    severity: z.enum(severities),
    title: z.string().max(120),
    body: z.string().max(300),
    /** The incidents behind it; a click opens the first, or the queue when there are several. */
    incidents: z.array(z.string()).max(1000),
    createdAt: z.int(),
    shownAt: z.int().nullable(),
  })
  .readonly()
export type Notice = z.infer<typeof noticeSchema>

/** Whatever leaves the demo says so in its title: what it tells of is nobody's shop. */
export function titleInDemo(title: string): string {
  return `Demo: ${title}`
}
