import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyIdOf, readToken } from '#agent/protocol/enrolment.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { readInvitationSecret } from '#server/store/agent-invitations.ts'
import { loadWorkerKeys, publishSealingKey } from '#server/store/keys.ts'
import { loadSigningKey, publishSigningKey } from '#server/store/signing-key.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'
import { addCluster, sweep } from '../testing/sweep.ts'

const clusterId = randomUUID()
const invitation = '/clusters/main/agents/pg-node-1/invitation'
let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-invite-'))
})
afterAll(() => rmSync(home, { recursive: true }))

interface Given {
  owner: TestStore
  console: TestConsole
  admin: string
}

async function withConsole(work: (given: Given) => Promise<void>): Promise<void> {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await publishSealingKey(owner, loadWorkerKeys(home), null)
  await publishSigningKey(owner, loadSigningKey(home), null)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  await work({ owner, console, admin: await console.token('admin') })
}

test('an invitation tells its token once, kept nowhere but sealed, and the command to type', () =>
  withConsole(async ({ owner, console, admin }) => {
    const response = await console.rest('POST', invitation, { token: admin, body: {} })
    expect(response.status).toBe(201)
    const made = await response.json()
    expect(made).toEqual({
      id: expect.any(String),
      token: expect.stringMatching(/^mta_/),
      expiresAt: expect.any(String),
      address: expect.stringMatching(/:8009$/),
      command: `sudo matriarch-agent enroll ${made.token}`,
    })
    const leftMs = new Date(made.expiresAt).getTime() - Date.now()
    expect(leftMs).toBeGreaterThan(14 * 60_000)
    expect(leftMs).toBeLessThanOrEqual(15 * 60_000)
    const token = readToken(made.token)
    expect(token).toMatchObject({
      invitationId: made.id,
      workerKeyId: keyIdOf(Buffer.from(loadSigningKey(home).publicKey, 'base64')),
    })
    expect(await readInvitationSecret(owner.pool, loadWorkerKeys(home), made.id)).toBe(token?.secret)
    const { rows } = await owner.pool.query('select action, target, outcome, detail::text from audit_event')
    expect(rows).toMatchObject([{ action: 'agents.invite', target: 'main/pg-node-1', outcome: 'done' }])
    expect(JSON.stringify(rows)).not.toContain(token?.secret)
    const again = await console.rest('POST', invitation, { token: admin, body: { address: '10.9.9.9' } })
    expect(await again.json()).toMatchObject({ address: '10.9.9.9:8009' })
    const outcomes = await owner.pool.query('select outcome from agent_invitation order by created_at')
    expect(outcomes.rows).toEqual([{ outcome: 'replaced' }, { outcome: null }])
  }))

test('a node that is no member, and an address that is none, are refused by field', () =>
  withConsole(async ({ console, admin }) => {
    const stranger = '/clusters/main/agents/pg-node-9/invitation'
    const unknown = await console.rest('POST', stranger, { token: admin, body: {} })
    expect(await unknown.json()).toMatchObject({ code: 'refused', fields: [{ field: 'node' }] })
    const nowhere = await console.rest('POST', invitation, { token: admin, body: { address: 'http://a/b' } })
    expect(await nowhere.json()).toMatchObject({ code: 'invalid', fields: [{ field: 'address' }] })
  }))

test('every member is listed with its agent or none, for a viewer as well, who may change nothing', () =>
  withConsole(async ({ owner, console, admin }) => {
    const agent = { id: randomUUID(), clusterId, node: 'pg-node-2', address: '10.0.1.11:8009' }
    const shown = { identityKey: 'k', certificatePin: 'p', version: '1.0.0', enrolledBy: 'Mara' }
    await putAgent(owner.pool, { ...agent, ...shown })
    await console.rest('POST', invitation, { token: admin, body: {} })
    const viewer = await console.token('viewer')
    const list = await console.rest('GET', '/clusters/main/agents', { token: viewer })
    expect(await list.json()).toMatchObject([
      { node: 'pg-node-1', state: 'invited', invitation: { address: expect.any(String) } },
      { node: 'pg-node-2', state: 'stale', sentence: 'Not asked yet.', version: '1.0.0', invitation: null },
      { node: 'pg-node-3', state: 'none', sentence: 'No agent.' },
    ])
    const acts = [
      ['POST', invitation],
      ['DELETE', invitation],
      ['DELETE', '/clusters/main/agents/pg-node-2'],
    ] as const
    for (const role of ['viewer', 'operator'] as const) {
      const token = await console.token(role)
      for (const [method, path] of acts) {
        const { status } = await console.rest(method, path, { token, body: {} })
        expect([role, path, status]).toEqual([role, path, 403])
      }
    }
  }))

test('an agent is removed and an invitation cancelled, each with its record; a second time there is none', () =>
  withConsole(async ({ owner, console, admin }) => {
    const agent = { id: randomUUID(), clusterId, node: 'pg-node-1', address: '10.0.1.10:8009' }
    const shown = { identityKey: 'k', certificatePin: 'p', version: '1.0.0', enrolledBy: 'Mara' }
    await putAgent(owner.pool, { ...agent, ...shown })
    await console.rest('POST', invitation, { token: admin, body: {} })
    for (const path of [invitation, '/clusters/main/agents/pg-node-1']) {
      const removed = await console.rest('DELETE', path, { token: admin })
      expect(await removed.json()).toEqual({ cluster: 'main', node: 'pg-node-1' })
      expect((await console.rest('DELETE', path, { token: admin })).status).toBe(404)
    }
    const { rows } = await owner.pool.query('select action, outcome from audit_event order by seq')
    expect(rows).toEqual([
      { action: 'agents.invite', outcome: 'done' },
      { action: 'agents.cancelInvitation', outcome: 'done' },
      { action: 'agents.cancelInvitation', outcome: 'refused' },
      { action: 'agents.remove', outcome: 'done' },
      { action: 'agents.remove', outcome: 'refused' },
    ])
  }))

test('before a worker has ever run nobody is invited', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const response = await console.rest('POST', invitation, { token: await console.token('admin'), body: {} })
  expect(await response.json()).toMatchObject({ code: 'refused', detail: expect.stringContaining('No worker has run') })
})
