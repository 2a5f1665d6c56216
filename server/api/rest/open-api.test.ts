import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { allProcedures } from '../procedures.ts'
import { exampleOf } from './example.ts'
import { bodyOf, openApi } from './open-api.ts'
import { routes } from './routes.ts'
import { inputSchema } from './schema.ts'

/** Procedures that no program asks for, and why. */
const without: Record<string, string> = {
  'audit.get': 'audit.list tells the same records whole',
  'factors.addPasskey': 'a person registers at the page',
  'factors.addTotp': 'a person registers at the page',
  'factors.list': 'a token has no factor; those of a person are told by factors.of',
  'factors.newRecoveryCodes': 'a token has no factor',
  'factors.passkeyOptions': 'a browser asks for it',
  'factors.proofWays': 'a person proves at the page',
  'factors.remove': 'a token has no factor',
  'factors.rename': 'a token has no factor',
  'live.feed': 'a stream for the pages; programs follow events',
  'session.changePassword': 'a token has no password',
  'session.end': 'a token has no session',
  'session.list': 'a token has no session',
  'session.stepUp': 'a token has no session',
  'session.stepUpWays': 'a token has no session',
  'users.vouch': 'a person vouches at the page, with a proof',
}

test('every command and query has an address, or a reason to have none', () => {
  const reached = new Set(routes.map(({ procedure }) => procedure))
  const missing = allProcedures()
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => path)
  expect(missing.toSorted()).toEqual(Object.keys(without).toSorted())
})

test('what changes something is never asked for by GET, and what only looks changes nothing', () => {
  const types = new Map(allProcedures().map(({ path, type }) => [path, type]))
  const wrong = routes.filter(
    ({ method, procedure, isFile, lines }) =>
      types.get(procedure) === 'mutation' && method === 'GET' && !isFile && !lines,
  )
  expect(wrong).toEqual([])
})

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(JSON.parse(JSON.stringify(openApi())))
  expect(result.errors ?? []).toEqual([])
  expect([result.valid, validator.version]).toEqual([true, '3.1'])
})

test('each operation has a name of its own', () => {
  const names = Object.values(openApi().paths).flatMap((path) =>
    Object.values(path).map((operation) => JSON.parse(JSON.stringify(operation)).operationId as unknown),
  )
  expect(names.length).toBe(new Set(names).size)
})

test('the example of each body is one that its procedure takes', () => {
  const procedures = new Map(allProcedures().map((procedure) => [procedure.path, procedure]))
  const refused: unknown[] = []
  for (const route of routes) {
    const procedure = procedures.get(route.procedure)
    if (!procedure?.input) continue
    const body = bodyOf(route, inputSchema(procedure))
    if (!body) continue
    const example = exampleOf(body)
    const input = {
      ...exampleRest(procedure),
      ...route.given,
      ...(route.bodyField === undefined ? Object(example) : { [route.bodyField]: example }),
    }
    const result = procedure.input.safeParse(input)
    // What depends on the moment, on what there is or on several fields at once, no example can know.
    const faults = (result.error?.issues ?? []).filter(({ code }) => code !== 'custom')
    if (faults.length > 0) refused.push([route.method, route.path, example, faults])
  }
  expect(refused).toEqual([])
})

function exampleRest(procedure: ReturnType<typeof allProcedures>[number]): object {
  return Object(exampleOf(inputSchema(procedure)))
}
