// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, expect, it } from 'vitest'
import { keyWords, useKeyListener, useKeys } from '../../../src-renderer/parts/use-keys.ts'

afterEach(cleanup)

const pressed: string[] = []

function Bound({ title, keys }: { readonly title: string; readonly keys: readonly string[] }): ReactNode {
  useKeys({ title, bindings: keys.map((each) => ({ keys: each, does: each, run: () => pressed.push(`${title} ${each}`) })) })
  return null
}

function Listener({ children }: { readonly children: ReactNode }): ReactNode {
  useKeyListener()
  return children
}

it('runs two keys in a row as one shortcut, and Ctrl keys even while somebody types', async () => {
  pressed.length = 0
  const user = userEvent.setup()
  const { getByRole } = render(
    <Listener>
      <Bound title="page" keys={['g i', 'mod+k', 'i']} />
      <input />
    </Listener>,
  )
  await user.keyboard('gi')
  await user.keyboard('i')
  await user.click(getByRole('textbox'))
  await user.keyboard('gi{Control>}k{/Control}')
  expect(pressed).toEqual(['page g i', 'page i', 'page mod+k'])
})

it('lets what came last have the key, and gives it back when that goes', async () => {
  pressed.length = 0
  const user = userEvent.setup()
  const { rerender } = render(
    <Listener>
      <Bound title="page" keys={['j']} />
      <Bound title="table" keys={['j']} />
    </Listener>,
  )
  await user.keyboard('j')
  rerender(
    <Listener>
      <Bound title="page" keys={['j']} />
    </Listener>,
  )
  await user.keyboard('j')
  expect(pressed).toEqual(['table j', 'page j'])
})

it('names keys as they stand on the keyboard', () => {
  expect(keyWords('mod+k', false)).toEqual(['Ctrl', 'K'])
  expect(keyWords('mod+k', true)).toEqual(['⌘', 'K'])
  expect(keyWords('g i', false)).toEqual(['G', 'I'])
})
