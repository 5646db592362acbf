/**
 * What an audit of an integration asks: the checklist, the workflow controls and the security controls of "Ecommerce ERP
 * Integration Failures" (Webalize, 2026), in our own words; and what a person may declare about each.
 */
import { z } from 'zod'

export const auditParts = ['checklist', 'workflow', 'security'] as const
export type AuditPart = (typeof auditParts)[number]

export const auditAnswers = ['yes', 'partly', 'no', 'not-applicable'] as const
export type AuditAnswer = (typeof auditAnswers)[number]

export interface AuditPoint {
  readonly part: AuditPart
  readonly group: string
  readonly asks: string
}

const orders = { part: 'checklist', group: 'Orders and payments' } as const
const stock = { part: 'checklist', group: 'Stock and deliveries' } as const
const tax = { part: 'checklist', group: 'Tax and invoices' } as const
const masters = { part: 'checklist', group: 'Products and customers' } as const
const recovery = { part: 'checklist', group: 'Monitoring and recovery' } as const
const safety = { part: 'checklist', group: 'Security and compliance' } as const
const workflow = { part: 'workflow', group: 'Workflow controls' } as const
const security = { part: 'security', group: 'Security controls' } as const

/** In the order in which they are read. An id is for ever: declarations are kept under it. */
export const auditPoints = {
  'orders-matched': { ...orders, asks: 'Does every paid order have its order in the ERP?' },
  'orders-refused': { ...orders, asks: 'Is it settled what happens when money came and the ERP has no order?' },
  'orders-twice': { ...orders, asks: 'Can an order be sent again without becoming two?' },
  'orders-alert': { ...orders, asks: 'Is somebody told when a paid order is missing?' },
  'orders-refunds': { ...orders, asks: 'Are refunds, in full or in part, and cancellations compared on both sides?' },
  'stock-fresh': { ...stock, asks: 'Is the stock on sale fresh enough?' },
  'stock-shared': { ...stock, asks: 'Is it known who else sells from the same stock?' },
  'stock-reserve': { ...stock, asks: 'Is stock held back, or reserved while it is sold?' },
  'stock-partial': { ...stock, asks: 'Are deliveries in parts and backorders followed?' },
  'stock-statuses': { ...stock, asks: 'Does each status of a delivery have a meaning for the customer?' },
  'tax-owner': { ...tax, asks: 'Is it settled which system works out the tax?' },
  'tax-codes': { ...tax, asks: 'Are tax codes mapped for every country, product and exemption?' },
  'tax-invoices': { ...tax, asks: 'Are invoices compared with the orders they bill?' },
  'tax-lines': { ...tax, asks: 'Do discounts, shipping, bundles, gift cards and refunds come out alike?' },
  'tax-law': { ...tax, asks: 'Do invoices and credit notes keep to local law?' },
  'masters-skus': { ...masters, asks: 'Do SKUs, variants, units and bundles agree?' },
  'masters-content': { ...masters, asks: 'Is it settled which system owns product texts?' },
  'masters-customer': { ...masters, asks: 'Is it settled which system owns who a customer is?' },
  'masters-twice': { ...masters, asks: 'Are customers found who are there twice?' },
  'masters-business': { ...masters, asks: 'Are business customers’ accounts, rights and price lists carried over?' },
  'recovery-dashboard': { ...recovery, asks: 'Is there one place that shows how the integration does?' },
  'recovery-queue': { ...recovery, asks: 'Is what failed kept where people see it?' },
  'recovery-owners': { ...recovery, asks: 'Does every kind of failure belong to somebody?' },
  'recovery-replay': { ...recovery, asks: 'Can what failed be sent again safely?' },
  'recovery-trail': { ...recovery, asks: 'Are changes of critical records logged?' },
  'recovery-daily': { ...recovery, asks: 'Does somebody look at the reconciliation every day?' },
  'safety-rights': { ...safety, asks: 'Does each key open only what it must?' },
  'safety-secrets': { ...safety, asks: 'Are keys kept safely, and renewed?' },
  'safety-personal': { ...safety, asks: 'Is as little as possible of customers carried around?' },
  'safety-cards': { ...safety, asks: 'Does payment data stay with the payment provider?' },
  'safety-retention': { ...safety, asks: 'Is it settled how long data is kept, and how it is erased?' },
  'safety-limits': { ...safety, asks: 'Are the platforms’ rate limits respected without loss?' },
  'control-dashboard': { ...workflow, asks: 'A dashboard: order flow, failures, retries, latency, backlog' },
  'control-classes': { ...workflow, asks: 'Errors in classes: what passes, what is wrong, who must act' },
  'control-thresholds': { ...workflow, asks: 'Thresholds: what wakes somebody, and what may wait' },
  'control-owners': { ...workflow, asks: 'Owners: each class of failure is somebody’s' },
  'control-replay': { ...workflow, asks: 'Replays that never make a duplicate' },
  'control-override': { ...workflow, asks: 'Repairs by hand, with who, what and why' },
  'control-daily': { ...workflow, asks: 'A daily reconciliation of orders, money, invoices, refunds and deliveries' },
  'control-escalation': { ...workflow, asks: 'Deadlines, and escalation when nobody reacts' },
  'security-rights': { ...security, asks: 'Least privilege for the users of the integration' },
  'security-transport': { ...security, asks: 'Encrypted transport on every line' },
  'security-credentials': { ...security, asks: 'Credentials in a safe place, renewed now and then' },
  'security-trail': { ...security, asks: 'A log of who or what changed money, customers and orders' },
  'security-personal': { ...security, asks: 'No more personal data than is needed' },
  'security-cards': { ...security, asks: 'Card data never in the ERP' },
  'security-privacy': { ...security, asks: 'Rules for keeping, erasing and consent' },
  'security-documents': { ...security, asks: 'Invoices and credit notes as the law wants them' },
  'security-limits': { ...security, asks: 'Rate limits that slow down and lose nothing' },
} as const satisfies Record<string, AuditPoint>

export type AuditPointId = keyof typeof auditPoints

// the keys of an object that is written above
export const auditPointIds = Object.keys(auditPoints) as readonly AuditPointId[]

export const auditPointSchema = z.enum(auditPointIds)

/** What a person says about a point that data cannot answer, or not alone. */
export const declarationSchema = z
  .object({
    point: auditPointSchema,
    at: z.int(),
    answer: z.enum(auditAnswers),
    /** As they sign. */
    who: z.string().trim().min(2).max(100),
    note: z.string().trim().min(1).max(1000).nullable(),
  })
  .readonly()
export type Declaration = z.infer<typeof declarationSchema>
