import { DBOS } from '@dbos-inc/dbos-sdk'
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadWorkerKeys, publishSealingKey } from '#server/store/keys.ts'
import { grantWeb } from '#server/store/roles.ts'
import { loadSigningKey, publishSigningKey } from '#server/store/signing-key.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { makeRecoverable, minuteBefore } from '../testing/recoverable.ts'
import { addCluster, makeEvent, sweep } from '../testing/sweep.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))
const clusterId = randomUUID()

/** A command line may take longer to start than a view of a cluster is good for. */
const ahead = () => new Date(Date.now() + 30_000)

// Each verb is a process of its own.
const slowly = { timeout: 240_000 }

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** Runs the command line from a folder that has nothing to do with the project. */
function run(args: string[], env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: '/', env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env }, timeout: 60_000 }
    execFile(matriarch, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
    })
  })
}

async function withConsole(
  work: (it: { owner: TestStore; console: TestConsole; env: Record<string, string> }) => Promise<void>,
) {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  await addCluster(owner, clusterId)
  await work({ owner, console, env: { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('admin') } })
}

test('show and list print a cluster in the promised shape', slowly, () =>
  withConsole(async ({ owner, env }) => {
    await sweep(owner, { clusterId, version: 1, at: ahead() })
    const shape = {
      name: 'main',
      verdict: 'healthy',
      sentence: expect.any(String),
      leader: 'pg-node-3',
      members: expect.arrayContaining([
        expect.objectContaining({ name: 'pg-node-1', role: 'replica', state: 'streaming', timeline: 4, lagBytes: 0 }),
      ]),
      forecast: expect.objectContaining({ outcome: 'takeover' }),
      findings: [],
    }
    const show = await run(['clusters', 'show', 'main', '--json'], env)
    expect([show.code, JSON.parse(show.stdout), show.stderr]).toMatchObject([0, shape, ''])
    const list = await run(['clusters', 'list', '--json'], env)
    expect([list.code, JSON.parse(list.stdout)]).toMatchObject([0, [shape]])
    expect((await run(['clusters', 'show', 'main'], env)).stdout).toContain('pg-node-3')
    const planned = await run(['clusters', 'remove', 'main', '--json'], env)
    expect([planned.code, JSON.parse(planned.stdout)]).toMatchObject([2, { kind: 'remove-cluster', blockers: [] }])
  }),
)

test('events are lines of JSON, oldest first, and go on while they are followed', slowly, () =>
  withConsole(async ({ owner, env }) => {
    await sweep(owner, { clusterId, version: 1, events: [makeEvent('one'), makeEvent('two')] })
    const past = await run(['events', 'main', '--since', '1h', '--json'], env)
    const told = past.stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(told).toMatchObject([
      { sentence: 'one', kind: 'leader-changed', cluster: 'main', id: expect.any(Number), at: expect.any(String) },
      { sentence: 'two' },
    ])
    const child = spawn(matriarch, ['events', 'main', '--follow', '--json'], {
      env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const heard: string[] = []
    let isSwept = false
    for await (const chunk of child.stdout) {
      heard.push(...String(chunk).trim().split('\n'))
      if (heard.length >= 2 && !isSwept) {
        isSwept = true
        await sweep(owner, { clusterId, version: 2, events: [makeEvent('three')] })
      }
      if (heard.some((line) => line.includes('three'))) break
    }
    child.kill()
    expect(heard.map((line): unknown => JSON.parse(line))).toMatchObject([
      { sentence: 'one' },
      { sentence: 'two' },
      { sentence: 'three' },
    ])
  }),
)

test('what is followed goes on without a gap when the console was away or in trouble', slowly, async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  let tries = 0
  await using listener = await listenWith(async (request) => {
    if (!request.url.includes('follow=true')) return answerRest(console.services, request)
    tries += 1
    if (tries === 2) {
      // Of a time before that of the event told last.
      const late = { ...makeEvent('found out late'), at: new Date(Date.now() - 3_600_000) }
      await sweep(owner, { clusterId, version: 3, events: [late] })
      return Response.json({ detail: 'Away.', code: 'store-unreachable', fields: [] }, { status: 503 })
    }
    const response = await answerRest(console.services, request)
    if (tries > 1 || !response.body) return response
    await sweep(owner, { clusterId, version: 2, events: [makeEvent('two')] })
    return new Response(breakAfter('two', response.body), response)
  })
  await sweep(owner, { clusterId, version: 1, events: [makeEvent('one')] })
  const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('admin') }
  const child = spawn(matriarch, ['events', 'main', '--follow', '--json'], {
    env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let heard = ''
  for await (const chunk of child.stdout) {
    heard += String(chunk)
    if (heard.includes('late')) break
  }
  child.kill()
  const sentences = [...heard.matchAll(/"sentence":"([^"]+)"/g)].map(([, sentence]) => sentence)
  expect(sentences).toEqual(['one', 'two', 'found out late'])
})

test('a usage that is wrong ends with 2, a failure with 1, a refusal with 3 and its reason', slowly, () =>
  withConsole(async ({ owner, console, env }) => {
    await sweep(owner, { clusterId, version: 1, at: new Date(Date.now() - 3_600_000) })
    expect((await run(['clusters', 'list'], { ...env, MATRIARCH_TOKEN: '' })).code).toBe(2)
    expect((await run(['clusters', 'add', '--name', 'x'], env)).code).toBe(2)
    expect((await run(['switchover', 'main'], env)).code).toBe(2)
    expect((await run(['switchover', 'main', '--yes'], env)).code).toBe(2)
    expect((await run(['clusters', 'list'], { ...env, MATRIARCH_TOKEN: 'mtr_nobodynobodynobodynobody' })).code).toBe(1)
    expect((await run(['clusters', 'list'], { ...env, MATRIARCH_URL: 'http://127.0.0.1:9' })).code).toBe(1)
    expect((await run(['operations', 'show', randomUUID()], env)).code).toBe(1)
    const viewer = { ...env, MATRIARCH_TOKEN: await console.token('viewer') }
    const forbidden = await run(['switchover', 'main', '--reason', 'test', '--yes'], viewer)
    expect([forbidden.code, forbidden.stdout]).toEqual([3, ''])
    const refused = await run(['switchover', 'main', '--reason', 'test', '--yes', '--json'], env)
    expect([refused.code, refused.stdout]).toEqual([3, ''])
    expect(refused.stderr).not.toBe('')
  }),
)

test('an agent is invited with its token alone on stdout, and each node is listed', slowly, () =>
  withConsole(async ({ owner, env }) => {
    await sweep(owner, { clusterId, version: 1, at: ahead() })
    const home = mkdtempSync(join(tmpdir(), 'matriarch-invite-'))
    await publishSealingKey(owner, loadWorkerKeys(home), null)
    await publishSigningKey(owner, loadSigningKey(home), null)
    rmSync(home, { recursive: true })
    const invite = await run(['agents', 'invite', 'main', 'pg-node-1'], env)
    expect([invite.code, invite.stdout]).toEqual([0, expect.stringMatching(/^mta_[\w.-]+\n$/)])
    expect(invite.stderr).toContain(`matriarch-agent enroll ${invite.stdout.trim()}`)
    const asJson = await run(['agents', 'invite', 'main', 'pg-node-1', '--address', '10.9.9.9', '--json'], env)
    const { token, ...rest } = JSON.parse(asJson.stdout)
    expect(rest).toEqual({ expiresAt: expect.any(String), command: expect.stringContaining(token) })
    const list = await run(['agents', 'list', 'main', '--json'], env)
    expect(JSON.parse(list.stdout)).toMatchObject([
      { node: 'pg-node-1', state: 'invited', sentence: expect.stringContaining('10.9.9.9:8009') },
      { node: 'pg-node-2', state: 'none', version: null },
      { node: 'pg-node-3', state: 'none' },
    ])
    expect((await run(['agents', 'invite', 'main', 'pg-node-9'], env)).code).toBe(3)
    expect((await run(['agents', 'remove', 'main', 'pg-node-1'], env)).code).toBe(2)
  }),
)

test('backups are told in words, and as JSON alone where that is asked for', slowly, () =>
  withConsole(async ({ env }) => {
    const told = await run(['backups', 'main'], env)
    expect([told.code, told.stdout]).toEqual([0, expect.stringContaining('no node of this cluster has an agent')])
    const asJson = await run(['backups', 'main', '--json'], env)
    expect([asJson.code, JSON.parse(asJson.stdout)]).toMatchObject([0, { cluster: 'main', state: 'no-agent' }])
    expect((await run(['backups', 'other'], env)).code).not.toBe(0)
  }),
)

test('the plan of a switchover that was not confirmed is JSON alone where that is asked for', slowly, () =>
  withConsole(async ({ owner, env }) => {
    await sweep(owner, { clusterId, version: 1, at: ahead() })
    const plan = await run(['switchover', 'main', '--json'], env)
    expect([plan.code, JSON.parse(plan.stdout), plan.stderr]).toMatchObject([
      2,
      { kind: 'switchover', clusterName: 'main' },
      expect.stringContaining('Nothing was done'),
    ])
    const failover = await run(['failover', 'main', '--json'], env)
    expect([failover.code, JSON.parse(failover.stdout)]).toMatchObject([2, { kind: 'failover', candidate: null }])
    const refused = await run(['failover', 'main', '--to', 'pg-node-1', '--reason', 'test', '--yes'], env)
    expect([refused.code, refused.stdout]).toEqual([3, ''])
  }),
)

test('a backup is planned in words, and refused with its reason where no agent can take it', slowly, () =>
  withConsole(async ({ owner, env }) => {
    const see = (version: number) => sweep(owner, { clusterId, version, at: ahead() })
    expect((await run(['backup', 'main', '--type', 'full', '--yes'], env)).code).toBe(2)
    await see(1)
    const plan = await run(['backup', 'main', '--type', 'full', '--repository', '2'], env)
    expect([plan.code, plan.stderr]).toEqual([2, expect.stringContaining('Nothing was done')])
    expect(plan.stdout).toMatch(/into repository 2\..*In the way: No agent is enrolled on pg-node-3/s)
    await see(2)
    const told = await run(['backup', 'main', '--type', 'incr', '--no-start-fast', '--json'], env)
    expect(JSON.parse(told.stdout)).toMatchObject({ kind: 'backup', type: 'incr', repository: 1, startFast: false })
    await see(3)
    const refused = await run(['backup', 'main', '--type', 'full', '--reason', 'test', '--yes', '--json'], env)
    expect([refused.code, refused.stdout]).toEqual([3, ''])
    expect(refused.stderr).toContain('No agent is enrolled on pg-node-3')
    const { rows } = await owner.pool.query('select action, target, outcome, detail from audit_event order by seq')
    expect(rows.at(-1)).toMatchObject({
      action: 'backups.request',
      target: 'main',
      outcome: 'refused',
      detail: { code: 'refused', asked: { type: 'full', repository: 1 }, plan: { kind: 'backup', node: 'pg-node-3' } },
    })
  }),
)

test('a recovery is planned in words and begun only where that is said', slowly, () =>
  withConsole(async ({ owner, env }) => {
    await DBOS.migrate(owner.url)
    await grantWeb(owner.url)
    const now = new Date()
    await makeRecoverable(owner, clusterId, now)
    await sweep(owner, { clusterId, version: 3, at: ahead() })
    const target = ['--target', minuteBefore(now, 9).toISOString()]
    expect((await run(['restore', 'main', '--yes', '--reason', 'test'], env)).code).toBe(2)
    const plan = await run(['restore', 'main', ...target, '--check', 'select 1'], env)
    expect([plan.code, plan.stderr]).toEqual([2, expect.stringContaining('Nothing was done')])
    expect(plan.stdout).toContain('full backup 20261124-000700F')
    await sweep(owner, { clusterId, version: 4, at: ahead() })
    const begun = await run(['restore', 'main', ...target, '--reason', 'dropped', '--yes', '--json'], env)
    const operation = JSON.parse(begun.stdout)
    expect([begun.code, operation]).toMatchObject([0, { kind: 'restore', plan: { commitsAlone: true } }])
    const decided = await run(['decide', operation.id, '--commit', '--reason', 'fine'], env)
    expect([decided.code, decided.stderr]).toEqual([3, expect.stringContaining('no decision')])
    const ways = [{ kind: 'abandon', title: 'Abandon it', sentence: 'The old cluster comes back.', isFinal: false }]
    await owner.pool.query(`update operation set state = 'waiting', question = $1`, [
      JSON.stringify({ step: 3, sentence: 'It failed. What now?', ways, askedAt: now }),
    ])
    const show = await run(['operations', 'show', operation.id], env)
    expect(show.stdout).toMatch(/It failed. What now\?.*--abandon {2}Abandon it: The old cluster/s)
    expect((await run(['decide', operation.id, '--commit', '--reason', 'fine'], env)).code).toBe(3)
    const abandoned = await run(['decide', operation.id, '--abandon', '--reason', 'never mind', '--json'], env)
    expect([abandoned.code, JSON.parse(abandoned.stdout)]).toMatchObject([0, { decisions: [{ way: 'abandon' }] }])
    const report = await run(['operations', 'report', operation.id], env)
    expect([report.code, report.stdout]).toEqual([0, expect.stringMatching(/^# /)])
  }),
)

test('a rehearsal is planned of the newest moment where none is said', slowly, () =>
  withConsole(async ({ owner, env }) => {
    await makeRecoverable(owner, clusterId, new Date())
    await sweep(owner, { clusterId, version: 3, at: ahead() })
    const extract = ['--extract', 'shop."odd.schema".orders']
    const plan = await run(['rehearse', 'main', ...extract, '--json'], env)
    expect([plan.code, JSON.parse(plan.stdout)]).toMatchObject([
      2,
      {
        kind: 'rehearsal',
        target: { type: 'default' },
        extract: { database: 'shop', schema: 'odd.schema', table: 'orders' },
      },
    ])
    expect((await run(['rehearse', 'main', '--extract', 'shop'], env)).code).toBe(2)
    expect((await run(['rehearse', 'main', '--out', '/tmp/x'], env)).code).toBe(2)
    expect((await run(['operations', 'report', randomUUID()], env)).code).toBe(1)
    expect((await run(['restores', 'commits', 'main'], env)).code).toBe(2)
    expect((await run(['restores', 'commits', 'main', '--around', 'then'], env)).code).toBe(2)
    expect((await run(['restores', 'lost', 'main'], env)).code).toBe(2)
  }),
)

test('a change whose answer is lost ends with 4, because nobody knows', slowly, async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => {
    if (request.method === 'GET') return answerRest(console.services, request)
    throw new Error('the connection breaks')
  })
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1, at: ahead() })
  const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('admin') }
  const lost = await run(['switchover', 'main', '--reason', 'test', '--yes'], env)
  expect([lost.code, lost.stderr]).toEqual([4, expect.stringContaining('may have been carried out')])
})

test('the first token is made beside the store', slowly, async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const env = { DATABASE_URL: owner.url }
  const made = await run(['tokens', 'create', '--name', 'first', '--role', 'admin'], env)
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^mtr_[\w-]{43}\n$/)])
  expect((await console.rest('GET', '/whoami', { token: made.stdout.trim() })).status).toBe(200)
  const asJson = await run(['tokens', 'create', '--name', 'second', '--role', 'viewer', '--json'], env)
  expect(JSON.parse(asJson.stdout)).toEqual({ token: expect.stringMatching(/^mtr_/) })
  expect((await run(['tokens', 'create', '--name', 'first', '--role', 'admin'], env)).code).toBe(3)
  expect((await run(['tokens', 'create', '--name', 'third', '--role', 'king'], env)).code).toBe(2)
})

/** The same stream, whose connection breaks after this word. */
function breakAfter(word: string, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let isOver = false
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (isOver) return
        controller.enqueue(chunk)
        isOver = new TextDecoder().decode(chunk).includes(word)
        if (isOver) setTimeout(() => controller.error(new Error('the connection breaks')), 100)
      },
    }),
  )
}
