import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { isCode } from '#agent/durable.ts'
import { scrub } from '#agent/jobs/scrub.ts'
import type { logTail } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { besideData } from './machine.ts'

type Tail = z.output<typeof logTail>

/** The last lines of one of the node's logs, without secrets. */
export async function tailLog(config: AgentConfig, { log, lines }: ArgsOf<'log-tail'>): Promise<Tail> {
  const file = await fileOf(config, log)
  if (file === null) {
    throw new RefusedError(
      'not-found',
      `agent.toml of node "${config.node}" does not say where the ${log} log is, or there is none yet.`,
    )
  }
  return tailOf(file, lines)
}

/** The last lines of a file, at most 512 KiB; a link is not followed. */
export async function tailOf(file: string, lines: number): Promise<Tail> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(refuse(file))
  try {
    const found = await handle.stat()
    const { size } = found
    if (!found.isFile()) throw new RefusedError('not-found', `${file} is no file: correct it in agent.toml.`)
    const from = Math.max(0, size - mostBytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, mostBytes)), 0, undefined, from)
    const all = buffer.subarray(0, bytesRead).toString('utf8').split('\n')
    if (all.at(-1) === '') all.pop()
    if (from > 0) all.shift()
    return { file, lines: all.slice(-lines).map(scrub), isCut: from > 0 && all.length < lines }
  } finally {
    await handle.close()
  }
}

const mostBytes = 512 * 1024

async function fileOf(config: AgentConfig, log: ArgsOf<'log-tail'>['log']): Promise<string | null> {
  switch (log) {
    case 'postgres':
      return config.postgres.logFile
    case 'patroni':
      return config.patroni.logFile
    case 'recovery':
      return besideData(config.postgres.dataFolder).log
    case 'pgbackrest':
      return newestOf(config.pgbackrest)
  }
}

/** pgBackRest keeps a log for each command: what it did last is in the newest. */
async function newestOf({ logFolder, stanza }: AgentConfig['pgbackrest']): Promise<string | null> {
  if (logFolder === null) return null
  const names = (await readdir(logFolder).catch(refuse(logFolder))).filter(
    (name) => name.startsWith(`${stanza}-`) && name.endsWith('.log'),
  )
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(logFolder, name))).mtimeMs })),
  )
  const [newest] = dated.toSorted((a, b) => b.at - a.at)
  return newest === undefined ? null : join(logFolder, newest.name)
}

function refuse(path: string): (cause: unknown) => never {
  return (cause) => {
    const why = isCode(cause, 'ELOOP') ? 'it is a link, and links are not followed' : String(cause)
    throw new RefusedError('not-found', `${path} cannot be read by Postgres' user: ${why}.`, { cause })
  }
}
