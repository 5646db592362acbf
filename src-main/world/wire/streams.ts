/** Which stream a request is about, for weather that falls on one of them. */
import type { Manners } from './weather.ts'

/** By the words that only a stream's question has; the first that fits. */
export function streamBy(words: readonly (readonly [stream: string, word: RegExp])[]): Manners['streamOf'] {
  return ({ body }) => words.find(([, word]) => word.test(body))?.[0] ?? null
}
