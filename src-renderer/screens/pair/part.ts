/** What each part of a pair's form is given, and what may be chosen in it. */
import type { EngineClient } from '../../engine.ts'
import { useAnswer } from '../../ask.ts'
import type { Terms } from './terms.ts'

export interface PartProps {
  readonly terms: Terms
  readonly change: (next: Partial<Terms>) => void
  readonly problems: Readonly<Record<string, string>>
  readonly shop: string
  readonly erp: string
}

type Choices = Awaited<ReturnType<EngineClient['pairs']['choices']>>

const nothingRead: Choices = { shopLocations: [], erpLocations: [], channels: [], methods: [], actors: [] }

/** From what was read of both sides so far. */
export function useChoices(shop: string, erp: string): Choices {
  const answer = useAnswer(['connections'], ['pairs.choices', shop, erp], (client, options) =>
    client.pairs.choices({ shop, erp }, options),
  )
  return answer.state === 'known' ? answer.value : nothingRead
}
