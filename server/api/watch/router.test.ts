import { initTRPC } from '@trpc/server'
import { expect, test } from 'vitest'
import { appRouter } from '../root.ts'
import { watchRoot } from './root.ts'
import { watchQuery, watchRouter } from './trpc.ts'

test('all that a link opens is a query', () => {
  const procedures = Object.entries<{ _def: { type: string } }>(watchRoot._def.procedures)
  expect(procedures.length).toBeGreaterThan(0)
  for (const [name, { _def }] of procedures) expect([name, _def.type]).toEqual([name, 'query'])
})

test('a change cannot be mounted in it: the types refuse it, and so does the start', () => {
  const t = initTRPC.create()
  const mutation = t.procedure.mutation(() => 'done')
  const subscription = t.procedure.subscription(async function* () {
    yield 1
  })
  // @ts-expect-error -- a mutation is no query
  expect(() => watchRouter({ mutation })).toThrow('is no query')
  // @ts-expect-error -- nor is a subscription
  expect(() => watchRouter({ subscription })).toThrow('is no query')
  // @ts-expect-error -- nor a router, which may hold anything
  expect(() => watchRouter({ app: appRouter })).toThrow('is no query')
  // @ts-expect-error -- and what builds its procedures makes queries alone
  expect(watchQuery.mutation).toBeTypeOf('function')
})

test('a command of the console is refused by the types as by the start', () => {
  // @ts-expect-error -- it is a mutation
  expect(() => watchRouter({ remove: appRouter.clusters.remove })).toThrow('is no query')
})
