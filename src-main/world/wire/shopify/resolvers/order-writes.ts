/** Writes onto orders: tags, notes, markers, and what an owner clicks. */
import { figuresOf } from '../../../shop/figures.ts'
import { parseGid } from '../ids.ts'
import { digestOf, type Metafield } from '../metafields.ts'
import { requireScope } from '../access.ts'
import { NodeOf } from './query.ts'
import { namespaceOf } from './owners.ts'
import type { Asking } from '../asking.ts'
import type { Resolvers } from './resolver.ts'
import type { Order } from '../../../shop/shop.ts'

interface ById {
  readonly id: string
}

interface TagArguments extends ById {
  readonly tags: readonly string[]
}

function orderBy(id: string | undefined, { desk }: Asking): Order | null {
  const parsed = parseGid(id ?? '')
  return parsed?.type === 'Order' ? desk.shop.books.orders.get(parsed.id) : null
}

const noOrder = { field: ['id'], message: 'Order does not exist' }

function writeTags(change: (tags: readonly string[], given: readonly string[]) => readonly string[]) {
  return (_root: unknown, { id, tags }: TagArguments, asking: Asking): unknown => {
    requireScope('write_orders', asking)
    const order = orderBy(id, asking)
    if (order === null) return { node: null, userErrors: [noOrder] }
    const tooLong = tags.find((tag) => tag.length > 40)
    if (tooLong !== undefined)
      return {
        node: null,
        userErrors: [{ field: ['tags'], message: 'Tags is invalid: tags must be 40 characters or less' }],
      }
    // One string may hold several, as the admin's own field does.
    const given = tags
      .flatMap((tag) => tag.split(','))
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
    asking.desk.shop.annotate(order.id, { tags: [...change(order.tags, given)] }, asking.at)
    return { node: new NodeOf('Order', order), userErrors: [] }
  }
}

interface OrderInput extends ById {
  readonly note?: string | null
  readonly tags?: readonly string[] | null
  readonly poNumber?: string | null
  readonly email?: string | null
  readonly customAttributes?: readonly { readonly key: string; readonly value: string }[] | null
}

/** What is not in the input stays; what is, is overwritten as a whole. */
function updateOrder(input: OrderInput, asking: Asking): unknown {
  const order = orderBy(input.id, asking)
  if (order === null) return { order: null, userErrors: [noOrder] }
  asking.desk.shop.annotate(
    order.id,
    {
      ...(input.note !== undefined && { note: input.note }),
      ...(input.tags !== undefined && { tags: [...new Set(input.tags ?? [])] }),
      ...(input.poNumber !== undefined && { poNumber: input.poNumber }),
      ...(input.email !== undefined && { email: input.email }),
      ...(input.customAttributes !== undefined && {
        attributes: (input.customAttributes ?? []).map((each) => ({ ...each })),
      }),
    },
    asking.at,
  )
  return { order, userErrors: [] }
}

interface MetafieldInput {
  readonly ownerId: string
  readonly namespace?: string | null
  readonly key: string
  readonly type?: string | null
  readonly value: string
  readonly compareDigest?: string | null
}

function errorOf(
  input: MetafieldInput,
  known: Metafield | null,
  owner: boolean,
): { readonly code: string; readonly message: string; readonly at: string } | null {
  if (!owner) return { code: 'INVALID', message: 'Owner does not exist.', at: 'ownerId' }
  if (input.value === '') return { code: 'BLANK', message: "Value can't be blank.", at: 'value' }
  if (known === null && typeof input.type !== 'string')
    return { code: 'BLANK', message: "Type can't be blank.", at: 'type' }
  // Not given: do not compare. Null: there must be none.
  if (input.compareDigest === undefined) return null
  const digest = known === null ? null : digestOf(known.value)
  return digest === input.compareDigest
    ? null
    : {
        code: 'STALE_OBJECT',
        message: 'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.',
        at: 'compareDigest',
      }
}

/** All of them or none. */
function setMetafields(inputs: readonly MetafieldInput[], asking: Asking): unknown {
  const { desk, at } = asking
  if (inputs.length > 25) {
    return {
      metafields: [],
      userErrors: [
        {
          field: ['metafields'],
          code: 'LESS_THAN_OR_EQUAL_TO',
          elementIndex: null,
          message: 'Exceeded the maximum metafields input limit of 25.',
        },
      ],
    }
  }
  const errors = inputs.flatMap((input, place) => {
    const order = orderBy(input.ownerId, asking)
    if (order !== null) requireScope('write_orders', asking)
    const error = errorOf(
      input,
      desk.metafields.find(input.ownerId, namespaceOf(input.namespace), input.key),
      order !== null,
    )
    return error === null
      ? []
      : [
          {
            field: ['metafields', String(place), error.at],
            code: error.code,
            message: error.message,
            elementIndex: place,
          },
        ]
  })
  if (errors.length > 0) return { metafields: [], userErrors: errors }
  const metafields = inputs.map(({ ownerId: owner, namespace, key, type, value }) => {
    const known = desk.metafields.find(owner, namespaceOf(namespace), key)
    return desk.metafields.set(
      { owner, namespace: namespaceOf(namespace), key, value, type: type ?? known?.type ?? 'single_line_text_field' },
      at,
    )
  })
  for (const owner of new Set(inputs.map((input) => input.ownerId))) touch(owner, asking)
  return { metafields, userErrors: [] }
}

function deleteMetafields(
  inputs: readonly Pick<MetafieldInput, 'ownerId' | 'namespace' | 'key'>[],
  asking: Asking,
): unknown {
  const deletedMetafields = inputs.map((input) => {
    if (orderBy(input.ownerId, asking) !== null) requireScope('write_orders', asking)
    const namespace = namespaceOf(input.namespace)
    if (!asking.desk.metafields.remove(input.ownerId, namespace, input.key)) return null
    touch(input.ownerId, asking)
    return { ownerId: input.ownerId, namespace, key: input.key }
  })
  return { deletedMetafields, userErrors: [] }
}

/** Its markers are part of an order: they move its stamp. */
function touch(owner: string, asking: Asking): void {
  const order = orderBy(owner, asking)
  if (order !== null) asking.desk.shop.annotate(order.id, {}, asking.at)
}

function onOrder(act: (order: Order, asking: Asking) => string | null) {
  return (_root: unknown, { input }: { readonly input: ById }, asking: Asking): unknown => {
    const order = orderBy(input.id, asking)
    if (order === null) return { order: null, userErrors: [noOrder] }
    const refusal = act(order, asking)
    return { order, userErrors: refusal === null ? [] : [{ field: ['id'], message: refusal }] }
  }
}

function markPaid(order: Order, { desk, at }: Asking): string | null {
  const { outstanding } = figuresOf(order)
  if (order.cancelledAt !== null || !outstanding.greaterThan(0)) return 'Order cannot be marked as paid.'
  desk.shop.capture(order.id, outstanding, 'manual', at)
  return null
}

export const orderWrites = {
  Mutation: {
    tagsAdd: writeTags((tags, given) => [...new Set([...tags, ...given])]),
    tagsRemove: writeTags((tags, given) => tags.filter((tag) => !given.includes(tag))),
    orderUpdate: (_root: unknown, { input }: { readonly input: OrderInput }, asking: Asking) =>
      updateOrder(input, asking),
    orderClose: onOrder((order, { desk, at }) => {
      desk.shop.archive(order.id, true, at)
      return null
    }),
    orderOpen: onOrder((order, { desk, at }) => {
      desk.shop.archive(order.id, false, at)
      return null
    }),
    orderMarkAsPaid: onOrder(markPaid),
    metafieldsSet: (
      _root: unknown,
      { metafields }: { readonly metafields: readonly MetafieldInput[] },
      asking: Asking,
    ) => setMetafields(metafields, asking),
    metafieldsDelete: (
      _root: unknown,
      { metafields }: { readonly metafields: readonly MetafieldInput[] },
      asking: Asking,
    ) => deleteMetafields(metafields, asking),
  } satisfies Resolvers<unknown>,
}
