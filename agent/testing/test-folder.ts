import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { parseConfig } from '#agent/config/parse-config.ts'

/** A state folder of its own, gone at the end of the `await using` block. */
export async function testFolder(): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-agent-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/** A configuration that listens on this port of the loopback; 0 takes a free one. */
export function testConfig(
  folder: string,
  { port = 0, vetoed = [] }: { port?: number; vetoed?: string[] } = {},
): AgentConfig {
  const text = `
    node = "pg-1"
    state_folder = "${folder}"
    listen = { host = "127.0.0.1", port = 1 }
    postgres = { data_folder = "/nowhere", bin_folder = "/nowhere" }
    pgbackrest = { stanza = "main" }
    patroni = { config_file = "/nowhere" }`
  return { ...parseConfig(text, 'agent.toml'), listen: { host: '127.0.0.1', port }, vetoed }
}

/** A port of the loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
