import { stat } from 'node:fs/promises'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { makeCertificate } from '#agent/keys/make-certificate.ts'
import { createLog } from '#agent/log.ts'
import { type InvitationToken, writeToken } from '#agent/protocol/enrolment.ts'
import { readEnrolment } from '#agent/state/enrolment.ts'
import { type TestAgent, testAgent } from '#agent/testing/test-agent.ts'
import { TestClient } from '#agent/testing/test-client.ts'
import { testConsole } from '#agent/testing/test-console.ts'
import { confirmation, enrolAt, hello, invitationOf, refusal, untilWaiting } from '#agent/testing/test-enrolment.ts'
import { freePort, testConfig, testFolder } from '#agent/testing/test-folder.ts'
import { enroll } from './enroll.ts'
import { readPending } from './pending.ts'

// A busy machine makes keys slowly.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const stranger = testConsole()

test('with no service up, enroll itself lets the console in and says what to start', async () => {
  await using node = await testFolder()
  const port = await freePort()
  const console = testConsole()
  const invitation = invitationOf(console)
  const command = begin({ ...node, port, invitation })
  using client = new TestClient(port)
  await untilWaiting(client, invitation)
  const { body } = await enrolAt(client, console, invitation)
  expect(await command.code).toBe(0)
  expect(command.said.join('\n')).toMatch(/pg-1 is enrolled, as agent .*systemctl start/s)
  const enrolment = await readEnrolment(node.folder)
  expect(enrolment).toMatchObject({ agentId: body['agentId'], workerKey: console.key, counter: 0, locked: null })
  for (const file of ['enrolment.json', 'identity.key', 'tls.pem', 'pending-enrolment.json']) {
    expect((await stat(join(node.folder, file))).mode & 0o777).toBe(0o600)
  }
})

test('with the service up, it takes the new console when that is confirmed, and obeys the old one until then', async () => {
  await using agent = await testAgent()
  const console = testConsole()
  const invitation = invitationOf(console)
  const command = begin({ ...agent, port: agent.running().port, invitation })
  await untilWaiting(agent.client, invitation)
  await hello(agent.client, console, invitation)
  await expect.poll(() => command.said.join()).toMatch(/Waiting for the console/)
  const taken = agent.verb('patroni-stop', {})
  expect((await agent.client.send(taken)).status).toBe(200)
  // What the service takes beside this command is still taken once it starts anew.
  await agent.restart()
  expect((await agent.client.send(taken)).body).toMatchObject({ code: 'replayed' })
  await enrolAt(agent.client, console, invitation)
  expect(await command.code).toBe(0)
  expect((await agent.client.send(agent.verb('facts', {}))).body).toMatchObject({ code: 'bad-signature' })
  expect((await agent.client.send(agent.verb('patroni-stop', {}, { by: console, binding: { epoch: 1 } }))).status).toBe(
    200,
  )
})

test('a confirmation whose answer was lost is given again, and resets nothing', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  const said = await hello(agent.client, console, invitation)
  if ('problem' in said) throw new Error(said.problem)
  const confirmed = confirmation(console, invitation.secret, said.transcript)
  const first = await agent.client.post('/v1/enrol/confirm', confirmed)
  expect(await waiting.command.code).toBe(0)
  await agent.client.send(agent.status(0, { by: console }))
  expect(await agent.client.post('/v1/enrol/confirm', confirmed)).toMatchObject({ status: 200, body: first.body })
  expect(await enrolAt(agent.client, console, invitation)).toMatchObject({ status: 200, body: first.body })
  expect((await readEnrolment(agent.folder))?.counter).toBe(1)
  expect((await agent.client.get('/v1/enrol')).status).toBe(404)
})

test('a confirmed agent is told as waiting until its console asks anything, for the console may have forgotten it', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  const { invitationId } = invitation
  expect((await agent.client.get('/v1/enrol')).body).toEqual({ invitationId, node: 'pg-1' })
  await enrolAt(agent.client, console, invitation)
  expect(await waiting.command.code).toBe(0)
  await agent.restart()
  const told = await agent.client.get('/v1/enrol')
  expect(told.body).toEqual({ invitationId, node: 'pg-1', agentId: agent.keys.agentId })
  expect((await enrolAt(agent.client, console, invitation)).status).toBe(200)
  expect((await agent.client.send(agent.status(0, { by: console }))).status).toBe(200)
  expect((await agent.client.get('/v1/enrol')).status).toBe(404)
})

test('a confirmed agent whose console never comes again waits no longer than its token is good', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  await enrolAt(agent.client, console, invitation)
  expect(await waiting.command.code).toBe(0)
  agent.clock.nowMs += 15 * 60_000
  expect((await agent.client.get('/v1/enrol')).status).toBe(404)
})

test('a token that was used already: the console says so, and enroll ends with 3', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  const reason = 'This token was used already.\u001b[2J Make a new one.'
  await agent.client.post('/v1/enrol/refuse', refusal(console, invitation.invitationId, reason))
  expect(await waiting.command.code).toBe(3)
  expect(waiting.command.said.at(-1)).toBe('The console refused: This token was used already. [2J Make a new one.')
  expect(await hello(agent.client, console, invitation)).toEqual({ problem: 'not-found' })
  await expectUntouched(agent)
})

test('after a quarter of an hour the token is worth nothing', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  agent.clock.nowMs += 15 * 60_000
  expect(await hello(agent.client, console, invitation)).toEqual({ problem: 'not-found' })
  expect(await waiting.command.code).toBe(1)
  expect(waiting.command.said.at(-1)).toMatch(/No console came within a quarter of an hour/)
  await expectUntouched(agent)
})

test('what is no token is told at once', async () => {
  await using node = await testFolder()
  const command = begin({ ...node, port: 1, invitation: null })
  expect(await command.code).toBe(2)
})

test('another console than the token names is heard neither to greet nor to refuse', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  expect(await hello(agent.client, stranger, invitation)).toEqual({ problem: 'bad-signature' })
  const refused = await agent.client.post('/v1/enrol/refuse', refusal(stranger, invitation.invitationId, 'no'))
  expect(refused.body).toMatchObject({ code: 'bad-signature' })
  const forged = { ...refusal(stranger, invitation.invitationId, 'no'), workerKey: console.key }
  expect((await agent.client.post('/v1/enrol/refuse', forged)).body).toMatchObject({ code: 'bad-signature' })
  expect(await hello(agent.client, console, invitationOf(console))).toEqual({ problem: 'not-found' })
  expect((await enrolAt(agent.client, console, invitation)).status).toBe(200)
  expect(await waiting.command.code).toBe(0)
})

test('where only another console came until the token was worth nothing, that is said', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  await agent.client.post('/v1/enrol/refuse', refusal(stranger, invitation.invitationId, 'Not mine.'))
  await agent.client.post('/v1/enrol/refuse', refusal(stranger, invitation.invitationId, 'Not mine.'))
  // The one that is waited for is heard no less for that.
  expect(await hello(agent.client, console, invitation)).toMatchObject({ transcript: expect.anything() })
  await expect.poll(async () => (await readPending(agent.folder))?.hasSeenAnother).toBe(true)
  // It looks four times a second.
  await new Promise((resolve) => setTimeout(resolve, 600))
  agent.clock.nowMs += 15 * 60_000
  expect(await waiting.command.code).toBe(1)
  expect(waiting.command.said.at(-1)).toMatch(/A console came, but not the one that made this token/)
})

test('neither the token without the key nor the key without the token confirms', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  const said = await hello(agent.client, console, invitation)
  if ('problem' in said) throw new Error(said.problem)
  const { transcript } = said
  const wrong = [
    confirmation(stranger, invitation.secret, transcript),
    confirmation(console, invitationOf(console).secret, transcript),
    confirmation(console, invitation.secret, { ...transcript, certificatePin: transcript.agentNonce }),
    confirmation(console, invitation.secret, { ...transcript, workerKey: stranger.key }),
  ]
  for (const body of wrong) {
    expect((await agent.client.post('/v1/enrol/confirm', body)).body).toMatchObject({ code: 'bad-signature' })
  }
  await expectUntouched(agent)
  waiting.command.stop()
  expect(await waiting.command.code).toBe(1)
  expect(await readPending(agent.folder)).toBeNull()
})

test('one in the middle with a certificate of its own is seen by the console', async () => {
  await using waiting = await waitingAgent()
  const { agent, console, invitation } = waiting
  await using middle = await relayTo(agent)
  using client = new TestClient(middle.port)
  expect(await hello(client, console, invitation)).toEqual({ problem: 'another certificate' })
})

test('an agent that was cloned gets new keys, once its service is stopped', async () => {
  await using agent = await testAgent()
  await agent.client.send(agent.status(5))
  const console = testConsole()
  const invitation = invitationOf(console)
  const early = begin({ ...agent, port: agent.running().port, invitation })
  expect(await early.code).toBe(1)
  expect(early.said.join()).toMatch(/Stop its service/)
  await agent.running().stop()
  const { port } = agent.running()
  const command = begin({ ...agent, port, invitation })
  using client = new TestClient(port)
  await untilWaiting(client, invitation)
  const { body } = await enrolAt(client, console, invitation)
  expect(await command.code).toBe(0)
  expect(body['agentId']).not.toBe(agent.keys.agentId)
  expect(await readEnrolment(agent.folder)).toMatchObject({ agentId: body['agentId'], locked: null })
})

test('an enrolled agent takes a console of another key only where that is said', async () => {
  await using agent = await testAgent()
  const { port } = agent.running()
  const other = begin({ ...agent, port, invitation: invitationOf(testConsole()), isNewConsole: false })
  expect(await other.code).toBe(3)
  expect(other.said.join()).toMatch(/another key .*--new-console/)
  expect(await readPending(agent.folder)).toBeNull()
  const refused = { code: 'foreign-token', sentence: expect.stringContaining('a token of another console') }
  for (const _ of ['the console hears of it', 'and once alone']) {
    expect((await agent.client.send(agent.status(0))).body['refusals']).toEqual([expect.objectContaining(refused)])
  }
  const invitation = invitationOf(agent.console)
  const same = begin({ ...agent, port, invitation, isNewConsole: false })
  await untilWaiting(agent.client, invitation)
  expect((await agent.client.send(agent.status(0))).body).toMatchObject({ waitsWith: invitation.invitationId })
  await enrolAt(agent.client, agent.console, invitation)
  expect(await same.code).toBe(0)
  expect((await agent.client.send(agent.status(0))).body).toMatchObject({ waitsWith: null })
})

test('a port that another program holds is told', async () => {
  await using node = await testFolder()
  await using other = await relayTo(null)
  const command = begin({ ...node, port: other.port, invitation: invitationOf(stranger) })
  expect(await command.code).toBe(1)
  expect(command.said.join()).toMatch(/held by another program/)
})

function begin(node: {
  folder: string
  port: number
  invitation: InvitationToken | null
  isNewConsole?: boolean
  clock?: { nowMs: number }
}) {
  const said: string[] = []
  const stopped = new AbortController()
  const code = enroll({
    config: testConfig(node.folder, { port: node.port }),
    token: node.invitation ? writeToken(node.invitation) : 'mta_x.y.z',
    isNewConsole: node.isNewConsole ?? true,
    log: createLog('silent'),
    clock: () => node.clock?.nowMs ?? Date.now(),
    say: (sentence) => said.push(sentence),
    signal: stopped.signal,
  })
  return { said, code, stop: () => stopped.abort() }
}

async function waitingAgent() {
  const agent = await testAgent()
  const console = testConsole()
  const invitation = invitationOf(console)
  const command = begin({ ...agent, port: agent.running().port, invitation })
  await expect.poll(() => command.said.join()).toMatch(/Waiting for the console/)
  const end = async () => {
    command.stop()
    await command.code
    await agent[Symbol.asyncDispose]()
  }
  return { agent, console, invitation, command, [Symbol.asyncDispose]: end }
}

async function expectUntouched(agent: TestAgent): Promise<void> {
  expect((await readEnrolment(agent.folder))?.workerKey).toBe(agent.console.key)
}

/** Passes requests on under a certificate of its own; to nobody for null. */
async function relayTo(agent: TestAgent | null): Promise<{ port: number } & AsyncDisposable> {
  const { key, certificate } = await makeCertificate('middle')
  const server = createServer({ key, cert: certificate }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '' } = request
      const headers = { 'content-type': 'application/json' }
      const passed = agent?.client.send({ method, path, headers, body: Buffer.concat(chunks) })
      void passed?.then(({ status, body }) => response.writeHead(status, headers).end(JSON.stringify(body)))
      if (!passed) response.writeHead(404).end()
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port, [Symbol.asyncDispose]: close }
}
