import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { callFor, curlOf, requestOf, type RestCall } from '#domain/api/curl.ts'
import { allProcedures } from '../procedures.ts'
import { exampleOf } from './example.ts'
import { matchRoute } from './match.ts'
import { readInput } from './read-input.ts'
import { routes } from './routes.ts'
import { fieldsOf, inputSchema } from './schema.ts'

test('the request made of a command’s input is read as that very input', async () => {
  for (const procedure of allProcedures().filter(({ type }) => type === 'mutation')) {
    const schema = inputSchema(procedure)
    for (const route of routes.filter(({ procedure: path }) => path === procedure.path)) {
      const input: Record<string, unknown> = { ...route.given, ...Object(exampleOf(schema)) }
      for (const name of route.hidden ?? []) {
        if (route.given && name in route.given) input[name] = route.given[name]
      }
      // What may be left out elsewhere must be in the address that names it.
      for (const { name } of fieldsOf(schema)) if (route.path.includes(`{${name}}`)) input[name] ??= 'text'
      const { address, body, key } = requestOf(route, input)
      const url = new URL(address, 'http://127.0.0.1')
      const match = matchRoute(route.method, url.pathname.slice('/api/v1'.length))
      const request = new Request(url, { method: route.method, ...(body !== null && { body: JSON.stringify(body) }) })
      const read = await readInput(match, schema, { request, query: url.searchParams })
      if (key !== null) read['idempotencyKey'] = key
      const left = Object.fromEntries(Object.entries(input).filter(([name]) => name in read))
      expect([route.path, read]).toEqual([route.path, left])
      const dropped = Object.keys(input).filter((name) => !(name in read))
      expect(dropped.filter((name) => !route.hidden?.includes(name))).toEqual([])
    }
  }
})

test('of two addresses the one that says what is wished is taken', () => {
  const calls = routes.filter(({ procedure }) => procedure === 'switchover.request')
  expect(callFor(calls, { kind: 'cancel-scheduled-switchover' })?.method).toBe('DELETE')
  expect(callFor(calls, { kind: 'switchover' })?.method).toBe('POST')
})

test('a shell hands on what was meant, quotes and all, and nothing of it is run', () => {
  const call: RestCall = {
    method: 'POST',
    path: '/clusters/{name}/x',
    names: { name: 'cluster' },
    hidden: ['idempotencyKey'],
  }
  const reason = `it's "$(id)" \`id\` \\ é`
  const line = curlOf(call, { cluster: 'a b', reason, idempotencyKey: 'key-12345' }, 'http://127.0.0.1:4400')
  const script = `curl() { printf '%s\\n' "$@"; }\nMATRIARCH_TOKEN=mtr_x\n${line}`
  const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n')
  expect(words).toContain('http://127.0.0.1:4400/api/v1/clusters/a%20b/x')
  expect(words).toContain('Authorization: Bearer mtr_x')
  expect(words).toContain('Idempotency-Key: key-12345')
  expect(words).toContain(JSON.stringify({ reason }))
})
