import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { healthyWorld } from '#domain/testing/world.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApprovalStage } from '#server/operations/approvals/testing/approval-stage.ts'
import { loadSigningKey } from '#server/store/signing-key.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { answerInquiries } from './answer-inquiries.ts'
import { openTestConsole, type TestConsole, type TestPerson } from '#server/api/testing/console.ts'
import { listenWith } from '#server/api/testing/listener.ts'
import { answerRest } from '#server/api/rest/answer.ts'

const matriarch = fileURLToPath(new URL('../../bin/matriarch', import.meta.url))
// Each verb is a process of its own.
const slowly = { timeout: 240_000 }
/** A command line may take longer to start than a view of a cluster is good for. */
const ahead = () => new Date(Date.now() + 30_000)

let stage: ApprovalStage
let console: TestConsole
let bob: TestPerson
let answering: NodeJS.Timeout
let listener: Awaited<ReturnType<typeof listenWith>>
let token: string

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  console = await openTestConsole(stage.store)
  bob = await console.signedIn('admin')
  await stage.giveApp(bob.id)
  token = await console.token('admin')
  listener = await listenWith((request) => answerRest(console.services, request))
  const { store, keys, checkProof } = stage
  const { log } = stage.surroundings
  const signal = new AbortController().signal
  const signingKey = loadSigningKey(stage.home)
  const worker = {
    store,
    keys,
    signingKey,
    publicUrl: null,
    checkProof,
    log,
    signal,
  }
  answering = setInterval(() => void answerInquiries(worker), 100)
})

afterAll(async () => {
  clearInterval(answering)
  await listener[Symbol.asyncDispose]()
  await console[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

test(
  'a switchover that wants approval ends with 3; asked for, approved and run by the command line it goes ahead',
  slowly,
  async () => {
    await stage.see(await stage.governed('line'), healthyWorld(ahead()))
    const switchover = ['switchover', 'line', '--to', 'pg-node-1', '--reason', 'kernel update', '--yes']
    const refused = await run(switchover)
    expect(refused).toMatchObject({ code: 3, stdout: '' })
    expect(refused.stderr).toMatch(/another person approves it.*Ask for approval, or break the glass and act alone/)

    const asked = await run([...switchover, '--ask-approval', '--json'])
    expect(asked.code).toBe(0)
    const { id, state } = read<{ id: string; state: string }>(asked.stdout)
    expect(state).toBe('proposed')
    const listed = await run(['approvals', 'list'])
    expect(`${listed.stdout}${listed.stderr}`).toMatch(new RegExp(`${id}.*switchover.*line`))
    const early = await run(['approvals', 'run', id])
    expect(early).toMatchObject({ code: 3, stderr: expect.stringContaining('One approval is missing still') })

    const approve = ['approvals', 'approve', id, '--as', bob.email, '--code']
    expect(await run([...approve, '000000'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('The code is wrong'),
    })
    expect((await run([...approve, await stage.code(bob.id)])).code).toBe(0)
    const shown = await run(['approvals', 'show', id])
    expect(shown.stdout).toContain(`${bob.email}: approve at`)
    const ran = await run(['approvals', 'run', id, '--json'])
    expect(ran.code).toBe(0)
    expect(read<{ state: string }>(ran.stdout).state).toMatch(/planned|running|failed/)
  },
)

test('who breaks the glass has to say why at some length', slowly, async () => {
  await stage.see(await stage.governed('glass-line'), healthyWorld(ahead()))
  const switchover = ['switchover', 'glass-line', '--to', 'pg-node-1', '--yes', '--break-glass', '--reason']
  expect(await run([...switchover, 'it is broken'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('at least 20 characters'),
  })
  const alone = await run([...switchover, 'the site is down and nobody answers', '--json'])
  expect(read<{ isBreakGlass: boolean }>(alone.stdout).isBreakGlass).toBe(true)
  const exported = await console.rest('GET', '/audit/export.csv?breakGlass=true', { token })
  const lines = (await exported.text()).trim().split('\r\n')
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.slice(1).every((line) => line.includes(',yes,'))).toBe(true)
})

interface Ended {
  code: number
  stdout: string
  stderr: string
}

function run(args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = {
      NODE_ENV: 'test' as const,
      PATH: process.env['PATH'],
      MATRIARCH_URL: listener.url,
      MATRIARCH_TOKEN: token,
    }
    execFile(matriarch, args, { cwd: '/', env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
    })
  })
}

function read<T>(stdout: string): T {
  return JSON.parse(stdout)
}
