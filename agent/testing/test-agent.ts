import { randomUUID } from 'node:crypto'
import { type Keys, openKeys } from '#agent/keys/keys.ts'
import { createLog } from '#agent/log.ts'
import type { Binding } from '#agent/protocol/signature.ts'
import { type RunningAgent, startAgent } from '#agent/server/start-agent.ts'
import { writeEnrolment } from '#agent/state/enrolment.ts'
import { NonceJournal } from '#agent/state/nonce-journal.ts'
import type { Verbs } from '#agent/verbs/verbs.ts'
import { TestClient } from './test-client.ts'
import { signed, type TestConsole, testConsole, type TestRequest } from './test-console.ts'
import { testConfig, testFolder } from './test-folder.ts'

/** How a request differs from a good one. */
export interface Changes {
  by?: TestConsole
  binding?: Partial<Binding>
  /** Seconds from now. */
  createdIn?: number
  lifeSeconds?: number
  nonce?: string
  path?: string
}

export interface TestAgent extends AsyncDisposable {
  folder: string
  keys: Keys
  console: TestConsole
  client: TestClient
  /** The verbs that were carried out. */
  performed: string[]
  running: () => RunningAgent
  clock: { nowMs: number }
  restart: () => Promise<void>
  verb: (name: string, args: unknown, changes?: Changes) => TestRequest
  status: (counter: unknown, changes?: Changes) => TestRequest
}

/** A listening agent that is enrolled with a console, and the requests of that console. */
export async function testAgent(
  options: { vetoed?: string[]; isEnrolled?: boolean; isLenient?: boolean } = {},
): Promise<TestAgent> {
  const { folder, [Symbol.asyncDispose]: removeFolder } = await testFolder()
  const keys = await openKeys(folder, 'pg-1')
  const console = testConsole()
  const clock = { nowMs: Date.now() }
  const performed: string[] = []
  if (options.isEnrolled ?? true) await enrolWith(console, folder, keys)
  const start = (port: number) =>
    startAgent({
      config: testConfig(folder, { port, vetoed: options.vetoed ?? [] }),
      keys,
      verbs: recording(performed),
      log: createLog('silent'),
      clock: () => clock.nowMs,
      ...(options.isLenient ? { strangersLimit: { perSecond: 1e9, burst: 1e9, addresses: 10 } } : {}),
    })
  let agent = await start(0)
  const { port } = agent
  const client = new TestClient(port)
  const request = (path: string, body: unknown, binding: Binding, changes: Changes) => {
    const created = Math.floor(clock.nowMs / 1_000) + (changes.createdIn ?? 0)
    const nonce = changes.nonce === undefined ? {} : { nonce: changes.nonce }
    const timing = { created, expires: created + (changes.lifeSeconds ?? 60), ...nonce }
    return signed(changes.by ?? console, { path, body, binding: { ...binding, ...changes.binding }, timing })
  }
  return {
    folder,
    keys,
    console,
    client,
    performed,
    clock,
    running: () => agent,
    async restart() {
      await agent.stop()
      agent = await start(port)
    },
    verb: (name, args, changes = {}) =>
      request(changes.path ?? `/v1/verbs/${name}`, args, { ...step, audience: keys.agentId }, changes),
    status: (counter, changes = {}) =>
      request('/v1/status', { counter }, { ...reading, audience: keys.agentId }, changes),
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      await agent.stop()
      await removeFolder()
    },
  }
}

const step = { operation: randomUUID(), step: 'stop', epoch: 7, planHash: 'p' }
const reading = { operation: null, step: null, epoch: 0, planHash: null }

async function enrolWith(console: TestConsole, folder: string, { agentId }: Keys): Promise<void> {
  const nonces = await NonceJournal.open(folder, { mustExist: false, nowSeconds: 0 })
  await nonces.close()
  const begun = { invitationId: randomUUID(), enrolledAt: new Date().toISOString(), counter: 0, highestEpoch: 0 }
  await writeEnrolment(folder, { version: 1, agentId, workerKey: console.key, ...begun, locked: null })
}

function recording(performed: string[]): Verbs {
  return {
    perform: async (name) => {
      performed.push(name)
      return { name }
    },
    running: () => [],
    close: async () => {},
  }
}
