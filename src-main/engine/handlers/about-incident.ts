/** An incident in the few words by which another screen leads to it. */
import type { AboutIncident } from '../../contract/product-views.ts'
import { catalogue } from '../reconcile/registry.ts'
import type { IncidentRecord } from '../store/incidents.ts'

export function aboutIncident({ id, rule, says, severity }: IncidentRecord): AboutIncident {
  return { id, rule, title: catalogue.get(rule)?.title ?? rule, says, severity }
}
