import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, listening } from './ports.ts'

export interface TestHaproxy extends AsyncDisposable {
  /** Of its statistics page: `console` with the password `secret` may act there, everybody may look. */
  url: string
}

/** This machine's HAProxy, whose proxy `primary` has the servers `pg-node-1` and `pg-node-2`, both of which take connections. */
export async function startTestHaproxy(): Promise<TestHaproxy> {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-haproxy-'))
  const [front, statistics] = [await freePort(), await freePort()]
  const servers = [await taker(), await taker()]
  const file = join(folder, 'haproxy.cfg')
  writeFileSync(
    file,
    `defaults
    mode tcp
    timeout connect 1s
    timeout client 5s
    timeout server 5s
listen primary
    bind 127.0.0.1:${front}
${servers.map(({ port }, n) => `    server pg-node-${n + 1} 127.0.0.1:${port} check inter 100ms`).join('\n')}
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
  const child = spawn('/usr/sbin/haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  await listening(statistics, 'HAProxy')
  return {
    url: `http://127.0.0.1:${statistics}/`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      for (const { stop } of servers) stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Something that takes connections and says nothing. */
async function taker(): Promise<{ port: number; stop: () => void }> {
  const server = createServer((socket) => void socket.on('error', () => {}))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It has no port.')
  return { port: address.port, stop: () => void server.close() }
}
