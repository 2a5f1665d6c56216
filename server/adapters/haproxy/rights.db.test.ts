import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort, listening } from '#tools/testing/ports.ts'
import { readHaproxyDetail } from './detail.ts'

/** This machine's HAProxy, whose statistics ask for a password. */
async function startHaproxy() {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-haproxy-'))
  const port = await freePort()
  const text = `defaults
    mode http
    timeout connect 1s
    timeout client 5s
    timeout server 5s
listen stats
    bind 127.0.0.1:${port}
    stats enable
    stats uri /
    stats auth watcher:secret
`
  writeFileSync(join(folder, 'haproxy.cfg'), text)
  const child = spawn('/usr/sbin/haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  await listening(port, 'HAProxy')
  return {
    look: (user: string | null, password: string | null) =>
      readHaproxyDetail({ url: `http://127.0.0.1:${port}/`, user, password, caPem: null }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

test('statistics behind a password are read with it; without it or with another one the line to look at is named', async () => {
  await using haproxy = await startHaproxy()
  expect((await haproxy.look('watcher', 'secret')).proxies.map(({ name }) => name)).toContain('stats')
  await expect(haproxy.look('watcher', 'wrong')).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(/does not accept the user watcher .*"stats auth"/),
  })
  await expect(haproxy.look(null, null)).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(/asks for a user and password .*"stats auth"/),
  })
})
