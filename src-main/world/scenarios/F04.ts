/** Duplicate customers: one person or company several times in the ERP, by weak matching. */
import type { Partner } from '../erp/erp.ts'
import { inWorld } from './hands.ts'
import { mends } from './mending.ts'
import type { Tools, WorldScenario } from './scenario.ts'

type NewPartner = Parameters<Tools['stage']['erp']['addPartner']>[0]

export function fresh(tools: Tools): NewPartner {
  const at = tools.stage.erp.books.partners.size
  return {
    name: `Élodie Blanc ${at}`, email: `elodie.${at}@example.org`, vat: null, ref: null, parentId: null, companyType: 'person', countryCode: 'FR', active: true,
  }
}

function firm(tools: Tools): NewPartner {
  const at = tools.stage.erp.books.partners.size
  return { ...fresh(tools), name: `Librairie Nº ${at}`, email: `librairie.${at}@example.com`, vat: `FR${40_000_000_000 + at * 37}`, companyType: 'company' }
}

export function add(tools: Tools, partner: NewPartner): Partner {
  return tools.stage.erp.addPartner(partner, tools.stage.house.staff.integration, tools.stage.erpNow())
}

interface Doubling {
  readonly name: string
  readonly says: string
  readonly twin: string
  readonly rules?: readonly string[]
  /** What the first and the later ones share. */
  readonly by: 'email' | 'vat'
  readonly first: (tools: Tools) => NewPartner
  readonly again: (first: Partner, tools: Tools) => readonly NewPartner[]
  readonly twinAgain: (first: Partner, tools: Tools) => readonly NewPartner[]
}

function same({ name, email, vat, ref, parentId, companyType, countryCode, active }: Partner): NewPartner {
  return { name, email, vat, ref, parentId, companyType, countryCode, active }
}

/** The cluster is known by its first member's id. */
function doubling({ by, first, again, twinAgain, rules = ['F04-duplicate-customer'], ...facts }: Doubling): WorldScenario {
  return inWorld({
    ...facts,
    rules,
    critical: false,
    happens(tools) {
      const { stage } = tools
      const original = add(tools, first(tools))
      const copies = again(original, tools).map((partner) => add(tools, partner))
      const subject = { kind: 'customer', key: `${by} of ${original.id}` } as const
      const planted = rules.map((rule) => tools.plant({ rule, subject }))
      const other = by === 'email' ? 'vat' : 'email'
      tools.excuse({ kind: 'customer', key: `${other} of ${original.id}` }, null, 'The copies share more than one fact.')
      mends(tools, planted, 'people', () => {
        for (const copy of copies) stage.erp.changePartner(copy.id, { active: false }, stage.house.staff.clerk, stage.erpNow())
      })
    },
    twinHappens(tools) {
      const original = add(tools, first(tools))
      for (const partner of twinAgain(original, tools)) add(tools, partner)
      tools.innocent({ kind: 'customer', key: `${by} of ${original.id}` })
    },
  })
}

const doublings: readonly Doubling[] = [
  {
    name: 'F04-same-email', by: 'email', first: fresh,
    says: 'A guest comes back with an account, and the ERP gets the person a second time.',
    twin: 'Two people of one name with addresses of their own.',
    again: (one) => [{ ...same(one), name: `${one.name} (guest)` }],
    twinAgain: (one) => [{ ...same(one), email: `other-${one.email ?? ''}` }],
  },
  {
    name: 'F04-email-in-capitals', by: 'email', first: fresh,
    says: 'The same address in capitals is taken for another person.',
    twin: 'An address that differs by one letter is another person’s.',
    again: (one) => [{ ...same(one), email: one.email?.toUpperCase() ?? null }],
    twinAgain: (one) => [{ ...same(one), email: one.email?.replace('@', '1@') ?? null }],
  },
  {
    name: 'F04-three-times', by: 'email', first: fresh,
    says: 'An import makes a customer three times.',
    twin: 'A company and two of its contacts share an address: the contacts stand under the company.',
    again: (one) => [same(one), { ...same(one), name: one.name.toUpperCase() }],
    twinAgain: (one) => [{ ...same(one), parentId: one.id, name: 'Comptabilité' }, { ...same(one), parentId: one.id, name: 'Livraisons' }],
  },
  {
    name: 'F04-same-vat-other-name', by: 'vat', first: firm,
    says: 'A company is matched by its name: a new spelling makes a second account.',
    twin: 'A branch of the company stands under it, with the same VAT id.',
    again: (one) => [{ ...same(one), name: `${one.name} SARL`, email: `achats-${one.email ?? ''}` }],
    twinAgain: (one) => [{ ...same(one), parentId: one.id, name: `${one.name}, succursale de Lille`, email: `lille-${one.email ?? ''}` }],
  },
  {
    name: 'F04-vat-with-blanks', by: 'vat', first: firm,
    says: 'The same VAT id, once with blanks, makes two companies.',
    twin: 'VAT ids of two companies that differ in their last digit.',
    again: (one) => [{ ...same(one), vat: `${one.vat?.slice(0, 2) ?? ''} ${one.vat?.slice(2, 7) ?? ''} ${one.vat?.slice(7) ?? ''}`, email: `compta-${one.email ?? ''}` }],
    twinAgain: (one) => [{ ...same(one), vat: `${one.vat?.slice(0, -1) ?? ''}X`, email: `compta-${one.email ?? ''}` }],
  },
  {
    name: 'F04-company-and-its-buyer', by: 'email', first: firm,
    says: 'A company and its buyer are two customers with one address and two credit limits.',
    twin: 'The buyer stands under the company.',
    again: (one) => [{ ...same(one), companyType: 'person', vat: null, name: 'Paul Acheteur' }],
    twinAgain: (one) => [{ ...same(one), companyType: 'person', vat: null, name: 'Paul Acheteur', parentId: one.id }],
  },
  {
    name: 'F04-facts-in-conflict', by: 'email', rules: ['F04-conflicting-billing'], first: firm,
    says: 'Two accounts with one address have different VAT ids: which is billed?',
    twin: 'A clearing office’s address stands on many accounts, and is agreed to mean nothing.',
    again: (one) => [{ ...same(one), vat: `${one.vat?.slice(0, -1) ?? ''}${(Number(one.vat?.slice(-1) ?? 0) + 1) % 10}` }],
    twinAgain: (one, tools) => tools.stage.agreement.sharedEmails.flatMap((email) => [{ ...same(one), email, vat: null, name: 'Marketplace A' }, { ...same(one), email, vat: null, name: 'Marketplace B' }]),
  },
  {
    name: 'F04-archived-and-back', by: 'email', first: fresh,
    says: 'An old account is taken out of the archive beside the new one.',
    twin: 'An old account of the same person lies in the archive.',
    again: (one) => [same(one)],
    twinAgain: (one) => [{ ...same(one), active: false }],
  },
]

export const duplicateCustomers: readonly WorldScenario[] = doublings.map(doubling)
