import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isOnlyWriter, serverIn } from '#domain/stack/only-writer.ts'
import { createHaproxyControl, type HaproxyControl } from './control.ts'

let folder: string
let haproxy: ChildProcess
let control: HaproxyControl
let stranger: HaproxyControl
const listeners: Server[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matriarch-haproxy-'))
  const [front, statistics, one, two] = [await listening(), await listening(), await listening(), await listening()]
  // Those two are HAProxy's own.
  for (const port of [front, statistics]) await closed(port)
  const file = join(folder, 'haproxy.cfg')
  await writeFile(
    file,
    `defaults
    mode tcp
    timeout connect 1s
    timeout client 5s
    timeout server 5s
listen primary
    bind 127.0.0.1:${front}
    server pg-node-1 127.0.0.1:${one} check inter 100ms
    server pg-node-2 127.0.0.1:${two} check inter 100ms
listen stats
    mode http
    bind 127.0.0.1:${statistics}
    stats enable
    stats uri /
    acl is_console http_auth(console)
    stats admin if is_console
userlist console
    user console insecure-password secret
`,
  )
  haproxy = spawn('/usr/sbin/haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  const access = { url: `http://127.0.0.1:${statistics}/`, caPem: null }
  control = createHaproxyControl({ ...access, user: 'console', password: 'secret' })
  stranger = createHaproxyControl({ ...access, user: null, password: null })
  for (let tries = 0; tries < 200 && (await statusOf('pg-node-2')) !== 'UP'; tries++) await wait(100)
})
afterAll(async () => {
  haproxy.kill('SIGTERM')
  for (const listener of listeners) listener.close()
  await rm(folder, { recursive: true })
})

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

async function listening(): Promise<number> {
  const listener = createServer((socket) => void socket.on('error', () => {}))
  listeners.push(listener)
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve)
  })
  return portOf(listener)
}

function portOf(listener: Server): number {
  const place = listener.address()
  if (place === null || typeof place === 'string') throw new Error('It has no port.')
  return place.port
}

async function closed(port: number): Promise<void> {
  const listener = listeners.find((one) => portOf(one) === port)
  if (!listener) return
  listeners.splice(listeners.indexOf(listener), 1)
  await new Promise((resolve) => {
    listener.close(resolve)
  })
}
