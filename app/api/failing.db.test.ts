import { NextRequest } from 'next/server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { webServices } from '#server/api/services.ts'
import { publicUrl } from '#server/api/testing/console.ts'
import { Canaries } from '#tools/testing/canaries.ts'

// All that Next serves besides pages, while the store is away: each fails inside, with the store's address at hand.
const canaries = new Canaries()
const password = canaries.of('password of the web role')
const secret = canaries.of('session secret')

type Handler = (request: NextRequest, context: { params: Promise<never> }) => Promise<Response> | Response
type Handlers = Partial<Record<'GET' | 'POST', Handler>>

beforeAll(() => {
  vi.stubEnv('MATRIARCH_WEB_DATABASE_URL', `postgresql://matriarch_web:${password}@127.0.0.1:1/matriarch`)
  vi.stubEnv('NEXTAUTH_SECRET', secret)
  vi.stubEnv('NEXTAUTH_URL', publicUrl)
})

afterAll(async () => {
  const { hub, store } = webServices()
  await hub.close()
  await store.close()
  vi.unstubAllEnvs()
})

const served: [string, () => Promise<unknown>, 'GET' | 'POST', string, object][] = [
  ['/api/trpc/session.whoami', () => import('./trpc/[trpc]/route.ts'), 'GET', '', {}],
  ['/api/trpc/users.create', () => import('./trpc/[trpc]/route.ts'), 'POST', '{"json":{}}', {}],
  ['/api/v1/whoami', () => import('./v1/[...path]/route.ts'), 'GET', '', {}],
  ['/api/v1/users', () => import('./v1/[...path]/route.ts'), 'POST', '{}', {}],
  ['/api/watch/status', () => import('./watch/[trpc]/route.ts'), 'GET', '', {}],
  ['/api/watch/enter', () => import('./watch/enter/route.ts'), 'POST', JSON.stringify({ token: 'x'.repeat(43) }), {}],
  ['/api/invitation', () => import('./invitation/route.ts'), 'POST', JSON.stringify({ token: 'x'.repeat(43) }), {}],
  ['/api/ready', () => import('./ready/route.ts'), 'GET', '', {}],
  ['/api/metrics', () => import('./metrics/route.ts'), 'GET', '', {}],
  ['/api/auth/session', () => import('./auth/[...nextauth]/route.ts'), 'GET', '', { nextauth: ['session'] }],
  [
    '/api/auth/callback/credentials',
    () => import('./auth/[...nextauth]/route.ts'),
    'POST',
    JSON.stringify({ email: 'ada@example.org', password: 'x', csrfToken: 'x', json: true }),
    { nextauth: ['callback', 'credentials'] },
  ],
  ['/api/sign-in/code', () => import('./sign-in/[step]/route.ts'), 'POST', '{"code":"123456"}', { step: 'code' }],
]

test.each(served)('%s fails without a word of the store or of the code', async (path, load, method, body, params) => {
  const handlers = { ...((await load()) as Handlers) }
  const request = new NextRequest(`${publicUrl}${path}`, {
    method,
    headers: {
      host: new URL(publicUrl).host,
      origin: publicUrl,
      'x-matriarch': '1',
      authorization: `Bearer mtr_${'0'.repeat(40)}`,
      cookie: 'matriarch.session=x; matriarch.watch=x',
      ...(method === 'POST' && { 'content-type': 'application/json' }),
    },
    ...(method === 'POST' && { body }),
  })
  const answer = await handlers[method]?.(request, { params: Promise.resolve(params as never) })
  const text = `${answer?.status} ${JSON.stringify([...(answer?.headers ?? [])])} ${await answer?.text()}`
  expect(canaries.foundIn(text)).toEqual([])
  expect(text).not.toMatch(/matriarch_web|ECONNREFUSED|node_modules|\bat \w+ \(/)
})
