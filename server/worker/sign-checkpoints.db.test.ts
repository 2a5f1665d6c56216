import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttp } from 'node:http'
import { createServer as createTcp, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { readWitnessAddress } from '#domain/audit-chain/witness-address.ts'
import { witnessesOf } from '#server/audit/witnesses.ts'
import { recordAudit } from '#server/audit/record.ts'
import { createLog } from '#server/log.ts'
import { inTransaction } from '#server/store/open.ts'
import { loadSigningKey } from '#server/store/signing-key.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { AuditWitnesses } from './audit-witnesses.ts'
import { signAndSend } from './sign-checkpoints.ts'

test('checkpoints reach syslog and a webhook, and one that did not arrive is sent again', async () => {
  await using store = await openTestStore()
  const home = mkdtempSync(join(tmpdir(), 'matriarch-witness-'))
  const heard = { tcp: '', udp: '', web: '' }
  let isDown = true
  const tcp = createTcp((socket) => socket.on('data', (data) => (heard.tcp += data.toString()))).listen(0, '127.0.0.1')
  const udp = createSocket('udp4').bind(0, '127.0.0.1')
  udp.on('message', (data) => (heard.udp += data.toString()))
  const web = createHttp((request, response) => {
    if (isDown) {
      response.writeHead(503).end()
      return
    }
    request.on('data', (data: Buffer) => (heard.web += data.toString()))
    request.on('end', () => response.writeHead(request.headers.authorization === undefined ? 401 : 204).end())
  }).listen(0, '127.0.0.1')
  try {
    await Promise.all([once(tcp, 'listening'), once(udp, 'listening'), once(web, 'listening')])
    const port = (server: { address: () => string | AddressInfo | null }) => (server.address() as AddressInfo).port
    const addresses = [
      `syslog+tcp://127.0.0.1:${port(tcp)}`,
      `syslog+udp://127.0.0.1:${udp.address().port}`,
      `http://audit:s3cret@127.0.0.1:${port(web)}/keep`,
    ].flatMap((text) => readWitnessAddress(text) ?? [])
    expect(addresses).toHaveLength(3)
    const given = {
      store,
      addresses,
      log: createLog('silent'),
      witnesses: new AuditWitnesses(store, loadSigningKey(home)),
    }
    await signAndSend(given, new Date())
    expect(heard).toEqual({ tcp: '', udp: '', web: '' })
    const actor = { id: null, name: 'Ada', kind: 'user' } as const
    const act = { action: 'users.create', target: 'a', cluster: null, reason: null, operationId: null, detail: {} }
    await inTransaction(store, (tx) => recordAudit(tx, { actor, ...act, outcome: 'done' }))
    await signAndSend(given, new Date())
    await vi.waitUntil(() => heard.tcp !== '' && heard.udp !== '', { timeout: 60_000 })
    expect(heard.udp).toMatch(/^<109>1 \S+ \S+ matriarch - audit-checkpoint - \{"seq":1,"hash":"[0-9a-f]{64}"/)
    expect(heard.tcp).toBe(`${heard.udp.length} ${heard.udp}`)
    expect(await witnessesOf(store.pool)).toHaveLength(2)
    isDown = false
    await signAndSend(given, new Date())
    expect(JSON.parse(heard.web)).toMatchObject({ seq: 1, signature: expect.any(String) })
    const names = (await witnessesOf(store.pool)).map(({ name, seq, problem }) => ({ name, seq, problem }))
    expect(names).toContainEqual({ name: `127.0.0.1:${port(web)}/keep`, seq: 1, problem: null })
    expect(JSON.stringify(names)).not.toContain('s3cret')
    // What all of them hold is not sent again.
    const before = heard.tcp
    await signAndSend(given, new Date())
    expect(heard.tcp).toBe(before)
  } finally {
    for (const server of [tcp, udp, web]) server.close()
    rmSync(home, { recursive: true })
  }
})

test.each(['syslog://a:1', 'ftp://a', 'https://', 'nonsense', 'https://a/#b'])(
  '%s is no address of a witness',
  (text) => {
    expect(readWitnessAddress(text)).toBeNull()
  },
)
