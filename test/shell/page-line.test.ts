import { describe, expect, it } from 'vitest'
import type { LeverBoard } from '../../src-main/contract/demo.ts'
import type { FromPage, ShellMessage, ToPage } from '../../src-main/contract/shell-messages.ts'
import { openPageLine } from '../../src-main/shell/page-line.ts'

const document1 = '2c1b1e52-3a0c-4a57-9d8f-5f0f4c2f6b11'
const document2 = '7d0b61a5-8a9e-4b7e-8a53-1f0f4c2f6b22'
const running: Omit<ShellMessage, 'plumbline'> = {
  engine: 'running',
  restarts: 0,
  says: null,
  wall: false,
  demo: false,
  developmentRuntime: true,
  version: '1.0.0',
}

function aLine(start = running, board: LeverBoard | null = null) {
  let standing = start
  let ports = 0
  const sent: { nonce: string; message: ToPage; ports: number[] }[] = []
  const asked: FromPage[] = []
  const line = openPageLine<number>({
    post: ({ nonce, message }, given) => sent.push({ nonce, message, ports: given }),
    newPort: () => (standing.engine === 'running' ? (ports += 1) : null),
    standing: () => standing,
    board: () => board,
    asked: (message) => asked.push(message),
  })
  function stand(next: Partial<typeof standing>): void {
    standing = { ...standing, ...next }
    line.standingChanged()
  }
  const kinds = () => sent.splice(0).map(({ message, ports: given }) => [message.plumbline, ...given].join(' '))
  return { line, sent, asked, stand, kinds, ready: (nonce = document1) => line.hear({ nonce, message: { plumbline: 'ready' } }) }
}

describe('the line to the page', () => {
  it('is silent until the page listens, and then says how things stand and hands over a port', () => {
    const { sent, stand, ready } = aLine()
    stand({ wall: true })
    expect(sent).toEqual([])
    ready()
    expect(sent).toEqual([
      { nonce: document1, message: { plumbline: 'shell', ...running, wall: true }, ports: [] },
      { nonce: document1, message: { plumbline: 'port' }, ports: [1] },
    ])
  })

  it('hands over a new port for each run of the engine, and one only', () => {
    const { stand, kinds, ready } = aLine({ ...running, engine: 'starting' })
    ready()
    stand({ engine: 'running' })
    stand({ wall: true })
    expect(kinds()).toEqual(['shell', 'shell', 'port 1', 'shell'])
    stand({ engine: 'restarting' })
    stand({ engine: 'running', restarts: 1 })
    expect(kinds()).toEqual(['shell', 'shell', 'port 2'])
  })

  it('gives the next document its own port', () => {
    const { line, sent, kinds, ready } = aLine()
    ready()
    line.gone()
    kinds()
    ready(document2)
    expect(sent.map(({ nonce }) => nonce)).toEqual([document2, document2])
    expect(kinds()).toEqual(['shell', 'port 2'])
  })

  it('keeps a deep link until somebody can follow it', () => {
    const { line, sent, ready } = aLine()
    line.open('01J')
    ready()
    expect(sent.at(-1)?.message).toEqual({ plumbline: 'open', incident: '01J' })
    line.open(null)
    expect(sent.at(-1)?.message).toEqual({ plumbline: 'open', incident: null })
    line.gone()
    ready(document2)
    expect(sent.at(-1)?.message).toEqual({ plumbline: 'port' })
  })

  it('tells what can be broken in the demo before it hands over the port, and nothing of it elsewhere', () => {
    const demo = aLine({ ...running, demo: true }, { levers: [], pulls: [] })
    demo.ready()
    expect(demo.kinds()).toEqual(['shell', 'levers', 'port 1'])
    demo.line.boardChanged()
    expect(demo.kinds()).toEqual(['levers'])
    const own = aLine()
    own.ready()
    own.line.boardChanged()
    expect(own.kinds()).toEqual(['shell', 'port 1'])
  })

  it('passes on what the page asks', () => {
    const { line, asked, ready } = aLine()
    ready()
    line.hear({ nonce: document1, message: { plumbline: 'wall', on: true } })
    line.hear({ nonce: document1, message: { plumbline: 'external', url: 'https://example.com/a' } })
    expect(asked).toEqual([
      { plumbline: 'wall', on: true },
      { plumbline: 'external', url: 'https://example.com/a' },
    ])
  })

  it.each([
    ['of an earlier document', { nonce: document2, message: { plumbline: 'wall', on: true } }],
    ['without a nonce', { message: { plumbline: 'wall', on: true } }],
    ['of no kind we know', { nonce: document1, message: { plumbline: 'quit' } }],
    ['with a field of another type', { nonce: document1, message: { plumbline: 'wall', on: 'yes' } }],
    ['for a link that is not https', { nonce: document1, message: { plumbline: 'external', url: 'file:///etc/passwd' } }],
    ['for a script as a link', { nonce: document1, message: { plumbline: 'external', url: 'javascript:alert(1)' } }],
    ['for a lever without a name', { nonce: document1, message: { plumbline: 'pull' } }],
    ['that is no object', 'wall'],
    ['that is nothing', null],
  ])('drops a message %s', (_what, sent) => {
    const { line, asked, ready } = aLine()
    ready()
    line.hear(sent)
    expect(asked).toEqual([])
  })
})
