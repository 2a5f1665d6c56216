import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOnlyWriter, serverIn } from '#domain/stack/only-writer.ts'
import { startTestHaproxy, type TestHaproxy } from '#tools/testing/haproxy.ts'
import { createHaproxyControl, type HaproxyControl } from './control.ts'

let haproxy: TestHaproxy
let control: HaproxyControl
let stranger: HaproxyControl

beforeAll(async () => {
  haproxy = await startTestHaproxy()
  const access = { url: haproxy.url, caPem: null }
  control = createHaproxyControl({ ...access, user: 'console', password: 'secret' })
  stranger = createHaproxyControl({ ...access, user: null, password: null })
  for (let tries = 0; tries < 200 && (await statusOf('pg-node-2')) !== 'UP'; tries++) await wait(100)
})
afterAll(() => haproxy[Symbol.asyncDispose]())

const wish = { proxy: 'primary', server: 'pg-node-1' }

async function statusOf(server: string): Promise<string | null> {
  return control.look().then(
    (detail) => serverIn(detail, { ...wish, server })?.status ?? null,
    () => null,
  )
}

test('a server is drained and made ready, asked once or twice', async () => {
  const seen = async () => serverIn(await control.look(), wish)?.admin
  for (const act of ['drain', 'drain', 'ready', 'ready'] as const) {
    await control.ask({ ...wish, act })
    expect(await seen()).toBe(act)
  }
})

test('with one drained the other is the only one that takes connections', async () => {
  await control.ask({ ...wish, act: 'drain' })
  expect(isOnlyWriter(await control.look(), { ...wish, server: 'pg-node-2' })).toBe(true)
  await control.ask({ ...wish, act: 'ready' })
  expect(isOnlyWriter(await control.look(), { ...wish, server: 'pg-node-2' })).toBe(false)
})

test('who may only look is told what to grant, and a server that is none is told so', async () => {
  expect((await stranger.look()).proxies.map(({ name }) => name)).toContain('primary')
  await expect(stranger.ask({ ...wish, act: 'drain' })).rejects.toThrow('stats admin if')
  await expect(control.ask({ ...wish, server: 'pg-node-9', act: 'drain' })).rejects.toThrow('no server pg-node-9')
})
