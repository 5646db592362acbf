/** All scenarios, pattern by pattern. */
import { delayedInventory } from './F01.ts'
import { missingOrders } from './F02.ts'
import { apart } from './F02-apart.ts'
import { differing } from './F02-differing.ts'
import { twice } from './F02-twice.ts'
import { noRetry } from './F03.ts'
import { duplicateCustomers } from './F04.ts'
import { taxMismatches } from './F05.ts'
import { invoiceErrors } from './F06.ts'
import { returnedOnOneSide } from './F07-returns.ts'
import { missingStatus } from './F07.ts'
import { retaxedProducts } from './F08-tax.ts'
import { productMapping } from './F08.ts'
import { noAuditTrail } from './F09.ts'
import { hardcodedRules } from './F10.ts'
import { batchBottlenecks } from './F11.ts'
import { noRecovery } from './F12.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [
  ...delayedInventory, ...missingOrders, ...twice, ...differing, ...apart, ...noRetry, ...duplicateCustomers, ...taxMismatches,
  ...invoiceErrors, ...missingStatus, ...returnedOnOneSide, ...productMapping, ...retaxedProducts, ...noAuditTrail, ...hardcodedRules, ...batchBottlenecks, ...noRecovery,
]
