/** One product: all facts of both sides beside each other, every copy, what the pair's maps say, and what is open about it. */
import type { ReactNode } from 'react'
import type { ProductFace, ProductOneView } from '../../../src-main/contract/product-views.ts'
import type { PairView } from '../../../src-main/contract/views.ts'
import type { Evidence } from '../../../src-main/domain/incident.ts'
import { productFields } from '../../../src-main/domain/product-faces.ts'
import { useAnswer } from '../../ask.ts'
import { Answered } from '../../parts/answered.tsx'
import { Back } from '../../parts/back.tsx'
import { Diff } from '../../parts/diff.tsx'
import { AsOf } from '../../parts/figure.tsx'
import { Instant } from '../../parts/instant.tsx'
import { Note } from '../../parts/note.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useKeys } from '../../parts/use-keys.ts'
import { go, hrefOf } from '../../stores/navigation.ts'
import { OpenAbout } from '../open-about.tsx'
import { fieldWords, priceWords, wordsOf } from './columns.tsx'

/** Prices told of one side; who has more compares them in the systems themselves. */
const pricesShown = 12

export function ProductOne({ pair, sku }: { readonly pair: PairView; readonly sku: string }): ReactNode {
  const asked = { pair: pair.id, sku }
  const answer = useAnswer(['overview', 'incidents', 'pairs'], ['products.one', asked], (client, options) => client.products.one(asked, options))
  useKeys({ title: 'One product', bindings: [{ keys: 'u', does: 'Back to all products', run: () => go('products', null, { pair: pair.id }) }] })
  return (
    <div className="screen">
      <header className="screen-head">
        <Back href={hrefOf('products', null, { pair: pair.id })}>Products</Back>
        <h1 className="cut">{sku}</h1>
        <a className="small" href={hrefOf('stock', null, { pair: pair.id, sku })}>
          Its stock
        </a>
      </header>
      <Answered answer={answer}>{(product) => <Product product={product} />}</Answered>
    </div>
  )
}

function Product({ product }: { readonly product: ProductOneView }): ReactNode {
  return (
    <>
      <Standing product={product} />
      <Panel title="Both sides" aside={<AsOf asOf={product.asOf} />}>
        <Diff evidence={linesOf(product)} left={product.shopLabel} right={product.erpLabel} caption="What each side says of the product" />
      </Panel>
      <Copies title={`Copies in ${product.shopLabel}`} faces={product.shop} />
      <Copies title={`Copies in ${product.erpLabel}`} faces={product.erp} />
      {product.maps.length === 0 ? null : (
        <Panel title="What the pair’s maps say">
          <ul className="bullets">
            {product.maps.map((map) => (
              <li key={map}>{map}</li>
            ))}
          </ul>
        </Panel>
      )}
      {product.outside.length === 0 ? null : (
        <Panel title="Changed by whom it does not belong to">
          <ul className="stack">
            {product.outside.map((change) => (
              <li key={`${change.what} ${change.after}`}>
                {`${change.what}: ${change.before} → ${change.after}`}
                <span className="dim">
                  {change.by === null ? '' : `, by ${change.by}`}
                  {change.at === null ? null : (
                    <>
                      , <Instant at={change.at} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <OpenAbout incidents={product.incidents} />
    </>
  )
}

function Standing({ product }: { readonly product: ProductOneView }): ReactNode {
  const { shop, erp, differs, shopLabel, erpLabel } = product
  if (erp.length === 0) return <Note look={{ tone: 'high', shape: 'half' }}>{`${erpLabel} does not have it under ${product.erpSku}: what is sold of it cannot be booked on it.`}</Note>
  if (shop.length === 0) return <Note look={{ tone: 'low', shape: 'half' }}>{`${shopLabel} does not have it: it is not sold there.`}</Note>
  if (differs.length === 0) return <Note look={{ tone: 'good', shape: 'tick' }}>Both sides say the same of it.</Note>
  return <Note look={{ tone: 'high', shape: 'dot' }}>{`They differ in ${differs.map((field) => fieldWords[field].toLowerCase()).join(', ')}.`}</Note>
}

function linesOf({ shop, erp, differs }: ProductOneView): readonly Evidence[] {
  const [ours] = shop
  const [theirs] = erp
  const side = (face: ProductFace | undefined, words: (face: ProductFace) => string | null): string | null => (face === undefined ? null : words(face))
  return [
    { label: 'SKU', shop: side(ours, (face) => face.sku), erp: side(theirs, (face) => face.sku), differs: false },
    ...productFields.map((field) => {
      const words = field === 'price' ? (face: ProductFace) => priceWords(face, pricesShown) : wordsOf[field]
      return { label: fieldWords[field], shop: side(ours, words), erp: side(theirs, words), differs: differs.includes(field) }
    }),
  ]
}

/** Only where a SKU was given more than once. */
function Copies({ title, faces }: { readonly title: string; readonly faces: readonly ProductFace[] }): ReactNode {
  if (faces.length < 2) return null
  return (
    <Panel title={title} aside="the first is compared">
      <ul className="bullets">
        {faces.map((face) => (
          <li key={face.id}>
            {face.id} <bdi className="dim">{face.title}</bdi>
            {face.active ? null : <span className="faint">, not on sale</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
