/** Shopify's search syntax, read into a tree: terms, phrases, comparisons, AND, OR, NOT, brackets. */

export type Comparator = '=' | '>' | '>=' | '<' | '<='

export type Search =
  | { readonly kind: 'all'; readonly of: readonly Search[] }
  | { readonly kind: 'any'; readonly of: readonly Search[] }
  | { readonly kind: 'not'; readonly of: Search }
  /** Without a field it looks everywhere. */
  | { readonly kind: 'term'; readonly field: string | null; readonly comparator: Comparator; readonly value: string; readonly quoted: boolean }

interface Token {
  readonly kind: 'word' | 'open' | 'close'
  readonly text: string
}

/** Terms that stand side by side are all wanted. */
export function parseSearch(query: string): Search {
  const tokens = tokenise(query)
  let at = 0
  return any()

  function any(): Search {
    const parts = [all()]
    while (tokens[at]?.text === 'OR') {
      at += 1
      parts.push(all())
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'any', of: parts }
  }

  function all(): Search {
    const parts: Search[] = []
    for (let token = tokens[at]; token !== undefined && token.kind !== 'close' && token.text !== 'OR'; token = tokens[at]) {
      if (token.text === 'AND') at += 1
      else parts.push(one(token))
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'all', of: parts }
  }

  function one(token: Token): Search {
    at += 1
    if (token.kind === 'open') {
      const inner = any()
      if (tokens[at]?.kind === 'close') at += 1
      return inner
    }
    if (token.text === 'NOT' && tokens[at] !== undefined) return { kind: 'not', of: one(tokens[at] ?? token) }
    if (token.text.startsWith('-') && token.text.length > 1) return { kind: 'not', of: termOf(token.text.slice(1)) }
    return termOf(token.text)
  }
}

/** Quotes hold spaces together, and stay in the word so that a term can tell. */
function tokenise(query: string): Token[] {
  const tokens: Token[] = []
  const words = /\(|\)|(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s()"'])+|["']/g
  for (const [text] of query.matchAll(words)) {
    tokens.push({ kind: text === '(' ? 'open' : text === ')' ? 'close' : 'word', text })
  }
  return tokens
}

function termOf(text: string): Search {
  const parts = /^([a-z][a-z0-9_.]*):(>=|<=|>|<)?(.*)$/is.exec(text)
  const [, field, comparator, rest] = parts ?? []
  const written = rest ?? text
  const quoted = /^(["']).*\1$/s.test(written)
  return {
    kind: 'term', field: field ?? null, comparator: comparatorOf(comparator), quoted,
    value: quoted ? written.slice(1, -1).replaceAll(/\\(.)/g, '$1') : written,
  }
}

function comparatorOf(text: string | undefined): Comparator {
  return text === '>' || text === '>=' || text === '<' || text === '<=' ? text : '='
}
