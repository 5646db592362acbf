/** Asks the ERP live for the orders that wait for it before a whole flow is said to stand still: what was only not shown has arrived. */
import type { Store } from '../store/store.ts'
import type { LookUp } from './absence.ts'
import type { Judgement } from './judge.ts'
import { judgeFlows } from './judge-flows.ts'
import { seeFlow } from './lenses/flow.ts'
import type { PairSight } from './sight.ts'

const stopped = 'F11-flow-stopped'

/** `answered`: called when the ERP was asked, before the flows are judged again. An ERP that could not be asked leaves its flow unjudged. */
export async function judgeFlowsLive(
  { store, lookUp }: { readonly store: Store; readonly lookUp: LookUp },
  sight: PairSight,
  answered: () => void,
): Promise<readonly Judgement[]> {
  const { pair } = sight
  const judged = judgeFlows(store, sight)
  // what is known to stand still is ended by what arrives, and not asked for again
  const says = (one: Judgement): boolean =>
    one.found.some(({ finding }) => finding.rule === stopped && (store.incidents.find(pair.id, stopped, finding.subject)?.state ?? 'resolved') === 'resolved')
  if (!judged.some(says)) return judged
  const answer = await lookUp(pair.erp, 'reference', seeFlow(store, sight).awaited.map(({ number }) => number))
  if (!answer.ok) return judged.filter((one) => !says(one))
  answered()
  return judgeFlows(store, sight)
}
