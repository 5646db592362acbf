/** No audit trail of master data: a title or a customer is changed on the side that does not keep it. */
import type { Partner } from '../erp/erp.ts'
import { hour } from '../business/calendar.ts'
import { isTracked } from '../business/house.ts'
import type { Article } from '../business/stage.ts'
import { later } from '../integration/gate.ts'
import { add, fresh } from './F04.ts'
import type { Planted } from '../world.ts'
import { inWorld } from './hands.ts'
import type { Tools, WorldScenario } from './scenario.ts'

/** One whose title nobody has touched yet. */
function untouched({ stage, dice }: Tools): Article | null {
  const free = stage.house.articles.filter(({ facts }) => isTracked(facts) && !stage.met.has(`title of ${facts.sku}`))
  if (free.length === 0) return null
  const found = dice.pick(free)
  stage.met.add(`title of ${found.facts.sku}`)
  return found
}

const renamed = inWorld({
  name: 'F09-product-renamed-in-erp', rules: ['F09-product-changed-outside'], critical: false,
  says: 'A person renames an article in the ERP: its title is the shop’s to give.', twin: 'The shop renames an article, and the integration brings the title over.',
  happens(tools) {
    const { stage } = tools
    const article = untouched(tools)
    if (article === null) return
    const { name } = article.product
    const rename = (to: string): void => stage.erp.changeProduct(article.product.id, { name: to }, stage.house.staff.clerk, stage.erpNow())
    rename(`Ancien ${name}`)
    const planted = tools.plant({ subject: { kind: 'product', key: article.facts.sku } })
    if (tools.dice.chance(0.5)) later(stage, tools.dice.int(3, 20) * hour, 'people', () => {
      rename(name)
      tools.heal(planted)
    })
  },
  twinHappens(tools) {
    const { stage } = tools
    const article = untouched(tools)
    if (article === null) return
    const name = `${article.variant.productTitle} (2027)`
    stage.shop.changeVariant(article.variant.id, { productTitle: name }, stage.shopNow())
    stage.erp.changeProduct(article.product.id, { name }, stage.house.staff.integration, stage.erpNow())
    tools.innocent({ kind: 'product', key: article.facts.sku })
  },
})

/** So long a customer is known before anything of it is changed: customers are read seldom, and who has not seen it as it was cannot know. */
const known = 8 * hour

function changesCountry({ stage }: Tools, { id }: Partner, countryCode: string | null, by: number): void {
  stage.erp.changePartner(id, { countryCode }, by, stage.erpNow())
}

function byAddress({ id }: Partner): Planted['subject'] {
  return { kind: 'customer', key: `email of ${id}` }
}

const moved = inWorld({
  name: 'F09-customer-moved-in-erp', rules: ['F09-customer-changed-outside'], critical: false,
  says: 'A person gives a shop’s customer another country in the ERP: taxes follow from it.', twin: 'The customer moves, says so in the shop, and the integration brings it over.',
  happens(tools) {
    const { stage, dice } = tools
    const customer = add(tools, fresh(tools))
    const { countryCode } = customer
    const { seller } = stage.house.staff
    later(stage, known, 'people', () => {
      changesCountry(tools, customer, 'BE', seller)
      const planted = tools.plant({ subject: byAddress(customer) })
      if (dice.chance(0.5)) later(stage, dice.int(3, 20) * hour, 'people', () => {
        changesCountry(tools, customer, countryCode, seller)
        tools.heal(planted)
      })
    })
  },
  twinHappens(tools) {
    const customer = add(tools, fresh(tools))
    tools.innocent(byAddress(customer))
    later(tools.stage, known, 'people', () => changesCountry(tools, customer, 'BE', tools.stage.house.staff.integration))
  },
})

export const changedMasters: readonly WorldScenario[] = [renamed, moved]
