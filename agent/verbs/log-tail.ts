import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { scrub } from '#agent/jobs/scrub.ts'
import { refuse, withLog } from '#agent/logs/log-files.ts'
import { tellWindow, type ToldWindow } from '#agent/logs/tell-window.ts'
import type { logTail } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { besideData } from './machine.ts'

type Tail = z.output<typeof logTail>

/** The last lines of one of the node's logs, or what of a window of it tells of a failure; without secrets. */
export async function tailLog(
  config: AgentConfig,
  { log, lines, window }: ArgsOf<'log-tail'>,
): Promise<Tail | ToldWindow> {
  const file = await fileOf(config, log)
  if (file === null) {
    throw new RefusedError(
      'not-found',
      `agent.toml of node "${config.node}" does not say where the ${log} log is, or there is none yet.`,
    )
  }
  if (window === undefined) return tailOf(file, lines)
  if (log !== 'postgres' && log !== 'patroni') {
    throw new RefusedError('bad-arguments', `The log of ${log} is not read by time: ask for its last lines.`)
  }
  return tellWindow(file, log, { from: new Date(window.from), to: new Date(window.to), lines })
}

/** The last lines of a file, at most 512 KiB; a link is not followed. */
export async function tailOf(file: string, lines: number): Promise<Tail> {
  return withLog(file, async (log) => {
    const from = Math.max(0, log.size - mostBytes)
    const all = (await log.read(from, mostBytes)).toString('utf8').split('\n')
    if (all.at(-1) === '') all.pop()
    if (from > 0) all.shift()
    return { file, lines: all.slice(-lines).map(scrub), isCut: from > 0 && all.length < lines }
  })
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
