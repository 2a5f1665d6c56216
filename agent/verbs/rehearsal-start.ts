import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod/mini'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import { isCode, readIfThere, writeDurable } from '#agent/durable.ts'
import type { RecoveryStatus } from '#agent/protocol/results.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { callProgram } from './call-program.ts'
import type { Machine } from './machine.ts'
import { parseControlData } from './postgres-programs.ts'
import { environmentOf, programFrom } from './program.ts'
import { lastWords } from './read-recovery-log.ts'
import { recoveryProgram } from './recovery-command.ts'
import { logLines } from './recovery-status.ts'
import { rehearsalAccess, rehearsalArguments, rehearsalAutoConf } from './rehearsal-command.ts'
import { rehearsalConnection, rehearsalPlace, type RehearsalPlace, rehearsalPostmaster } from './rehearsal-place.ts'
import { statusAt } from './rehearsal-status.ts'
import { whileRoom } from './spare-room.ts'

/** Starts a rehearsal's Postgres and waits until it has recovered and takes queries; one that runs is waited for. */
export async function rehearsalStart(
  machine: Machine,
  { name, port }: { name: string; port: number },
): Promise<RecoveryStatus> {
  const place = rehearsalPlace(machine.config, name)
  const running = await rehearsalPostmaster(place)
  if (running === null) await start(machine, place, port)
  else if ((await rehearsalConnection(place))?.port === port)
    machine.say(`It was started before, as process ${running}.`)
  else throw new RefusedError('conflict', `The rehearsal ${name} runs on another port than ${port}: discard it.`)
  return whileRoom(place.root, machine.signal, (signal) => waitForEnd({ ...machine, signal }, place))
}

async function start(machine: Machine, place: RehearsalPlace, port: number): Promise<void> {
  const { config, say } = machine
  const { args } = await restoredAs(place)
  // A standby would follow the live cluster for ever.
  await rm(join(place.data, 'standby.signal'), { force: true })
  const autoConf = join(place.data, 'postgresql.auto.conf')
  await writeDurable(autoConf, rehearsalAutoConf((await readIfThere(autoConf)) ?? ''))
  await mkdir(place.run, { mode: 0o700, recursive: true })
  await writeDurable(place.hba, rehearsalAccess)
  await writeDurable(join(place.root, 'ident.conf'), '')
  await writeDurable(join(place.root, 'postgresql.conf'), '')
  const words = rehearsalArguments(config, place, port, {
    repository: args.repository,
    majorVersion: Number.parseInt(await readFile(join(place.data, 'PG_VERSION'), 'utf8'), 10),
    control: await controlOf(machine, place),
    libraries: await liveLibraries(machine),
  })
  // Of a recovery that is done, the log stays: what is started now has none to tell of.
  if (existsSync(join(place.data, 'recovery.signal'))) await keepLast(place.log)
  const output = await open(place.log, 'a', 0o600)
  try {
    const postgres = spawn(recoveryProgram(config), words, {
      cwd: place.data,
      detached: true,
      env: bareEnvironment(environmentOf(config)),
      stdio: ['ignore', output.fd, output.fd],
    })
    await once(postgres, 'spawn')
    postgres.unref()
    say(`Postgres is started as process ${postgres.pid}; its log is ${place.log}.`)
    // Until it has written its number down nobody could tell it from one that has ended.
    for (let tries = 0; tries < 300 && (await rehearsalPostmaster(place)) === null; tries++) {
      if (postgres.exitCode !== null || postgres.signalCode !== null) return
      await wait(100)
    }
  } finally {
    await output.close()
  }
}

async function restoredAs({ restored, root }: RehearsalPlace) {
  const text = await readIfThere(restored)
  if (text === null) throw new RefusedError('conflict', `Nothing was restored into ${root} in full: restore it first.`)
  return z.object({ args: z.object({ repository: z.int() }) }).parse(JSON.parse(text))
}

async function waitForEnd(machine: Machine, place: RehearsalPlace): Promise<RecoveryStatus> {
  let told = ''
  for (let round = 0; ; round++) {
    const status = await statusAt(machine, place)
    if (status.state === 'promoted' && status.isAnswering) return status
    if (status.state === 'failed')
      throw new RefusedError('failed', `The recovery failed: ${status.failure ?? 'see its log'}.`)
    if (status.state === 'stopped') {
      const words = lastWords(await logLines(place.log))
      throw new RefusedError('failed', `Postgres ended before its recovery did; ${words}.`)
    }
    const line = await lastFetched(place.log)
    if (line !== null && line !== told) machine.say(line)
    told = line ?? told
    await wait(Math.min(300 + round * 50, 3_000), undefined, { signal: machine.signal })
  }
}

async function lastFetched(log: string): Promise<string | null> {
  const found = [...(await readFile(log, 'utf8').catch(() => '')).matchAll(/restored log file "(\w+)"/g)].at(-1)?.[1]
  return found === undefined ? null : `Recovering: ${found} is fetched.`
}

async function controlOf({ config, signal }: Machine, { data }: RehearsalPlace): Promise<Record<string, string>> {
  const words = [join(config.postgres.binFolder, 'pg_controldata'), '-D', data]
  const program = programFrom(words, environmentOf(config), 'postgres')
  const { stdout } = await callProgram({ program, input: null, deadlineMs: 10_000, signal })
  return parseControlData(stdout)
}

/** Empty where the node's own Postgres does not answer: then what needs a library says so itself. */
async function liveLibraries({ config, signal }: Machine): Promise<string> {
  const { binFolder, socketFolder, port, superuser } = config.postgres
  const options = ['-X', '-w', '-At', '-h', socketFolder, '-p', String(port), '-U', superuser, '-d', 'postgres']
  const words = [join(binFolder, 'psql'), ...options, '-c', 'SHOW shared_preload_libraries']
  const env = { ...environmentOf(config), PGCONNECT_TIMEOUT: '3' }
  const program = programFrom(words, env, 'postgres')
  const { exitCode, stdout } = await callProgram({ program, input: null, deadlineMs: 6_000, signal })
  return exitCode === 0 ? stdout.trim() : ''
}

async function keepLast(log: string): Promise<void> {
  if (!existsSync(log)) return
  try {
    await rename(log, `${log}.before`)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}
