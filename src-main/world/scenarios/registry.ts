/** All scenarios, pattern by pattern. */
import { delayedInventory } from './F01.ts'
import { missingOrders } from './F02.ts'
import { apart } from './F02-apart.ts'
import { differing } from './F02-differing.ts'
import { twice } from './F02-twice.ts'
import { noRetry } from './F03.ts'
import { duplicateCustomers } from './F04.ts'
import { taxMismatches } from './F05.ts'
import { overwrittenTotals } from './F06-sums.ts'
import { invoiceErrors } from './F06.ts'
import { returnedOnOneSide } from './F07-returns.ts'
import { missingStatus } from './F07.ts'
import { retaxedProducts } from './F08-tax.ts'
import { productMapping } from './F08.ts'
import { changedMasters } from './F09-masters.ts'
import { noAuditTrail } from './F09.ts'
import { hardcodedRules } from './F10.ts'
import { piledUp } from './F11-backlog.ts'
import { batchBottlenecks } from './F11.ts'
import { noRecovery } from './F12.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [
  ...delayedInventory, ...missingOrders, ...twice, ...differing, ...apart, ...noRetry, ...duplicateCustomers, ...taxMismatches,
  ...invoiceErrors, overwrittenTotals, ...missingStatus, ...returnedOnOneSide, ...productMapping, ...retaxedProducts, ...noAuditTrail, ...changedMasters, ...hardcodedRules, ...batchBottlenecks, piledUp, ...noRecovery,
]
