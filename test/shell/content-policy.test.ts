import { describe, expect, it } from 'vitest'
import { contentPolicy } from '../../src-main/shell/content-policy.ts'

describe('the policy of the page', () => {
  it('starts from nothing and opens no door to the network, to frames or to compiled code', () => {
    const directives = contentPolicy.split('; ')
    expect(directives[0]).toBe("default-src 'none'")
    expect(directives.filter((each) => /^(?:connect|frame|worker|object)-src/.test(each))).toEqual([])
    expect(directives.find((each) => each.startsWith('script-src'))).toBe("script-src 'self'")
    expect(contentPolicy).not.toMatch(/unsafe-eval|https?:|\*/)
  })
})
