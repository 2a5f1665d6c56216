import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { proxy } from '../proxy.ts'

const address = 'https://matriarch.example.org/clusters/main'

function answer(): Response {
  return proxy(new NextRequest(address, { headers: { cookie: '__Host-matriarch.session=x' } }))
}

function policyOf(response: Response): Map<string, string[]> {
  const policy = response.headers.get('content-security-policy') ?? ''
  return new Map(
    policy.split('; ').map((line) => {
      const [name = '', ...sources] = line.split(' ')
      return [name, sources]
    }),
  )
}

test('a page runs only scripts that bear the nonce of its own answer', () => {
  const policy = policyOf(answer())
  const scripts = policy.get('script-src') ?? []
  expect(scripts).toEqual(["'self'", expect.stringMatching(/^'nonce-[0-9a-f]{32}'$/), "'strict-dynamic'"])
  expect(policyOf(answer()).get('script-src')).not.toEqual(scripts)
})

test('a page loads nothing from elsewhere, and nobody frames it, moves its base or takes its forms', () => {
  const policy = policyOf(answer())
  for (const [name, sources] of policy) {
    for (const source of sources) {
      expect([name, source]).toEqual([
        name,
        expect.stringMatching(/^('(self|none|nonce-.*|strict-dynamic)'|data:|'unsafe-inline')$/),
      ])
    }
  }
  expect([...policy].filter(([, sources]) => sources.includes("'unsafe-inline'")).map(([name]) => name)).toEqual([
    'style-src-attr',
  ])
  for (const name of ['default-src', 'object-src', 'base-uri', 'frame-ancestors', 'frame-src', 'worker-src'])
    expect([name, policy.get(name)]).toEqual([name, ["'none'"]])
  expect(policy.get('form-action')).toEqual(["'self'"])
  expect(policy.get('style-src-elem')).toEqual(["'self'", expect.stringMatching(/^'nonce-/)])
})

test('every page keeps to itself', () => {
  expect(Object.fromEntries(answer().headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringMatching(/camera=\(\).*geolocation=\(\)/),
  })
})
