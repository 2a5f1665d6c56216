import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import { isCode, writeDurable } from '#agent/durable.ts'
import type { RecoveryStatus } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { LeastSettings } from '#domain/recovery/least-settings.ts'
import { configFileFault, configFileOf } from './config-file.ts'
import { leastSettings } from './least-settings.ts'
import { besideData, type Machine } from './machine.ts'
import { readPatroniPostgres } from './patroni-postgres.ts'
import { postmasterOf } from './postmaster.ts'
import { environmentOf } from './program.ts'
import { isRecovery, recoveryAccess, recoveryArguments, recoveryProgram } from './recovery-command.ts'
import { lastWords } from './read-recovery-log.ts'
import { logLines, recoveryStatus } from './recovery-status.ts'
import { wayInOf } from './way-in.ts'

/** Starts Postgres on restored data outside Patroni and waits until it stands where it was to recover to. */
export async function recoverStart(
  machine: Machine,
  { port, least = {} }: ArgsOf<'postgres-recover-start'>,
): Promise<RecoveryStatus> {
  const { dataFolder } = machine.config.postgres
  const running = await postmasterOf(dataFolder)
  if (running === null) await start(machine, port, least)
  else if (await isRecovery(dataFolder, port)) machine.say(`Postgres was started before, as process ${running}.`)
  else {
    throw new RefusedError(
      'conflict',
      `Postgres runs on ${dataFolder} as process ${running}, not as a recovery on port ${port}: stop it first.`,
    )
  }
  return waitForEnd(machine)
}

async function start(machine: Machine, port: number, told: LeastSettings): Promise<void> {
  const { config, say } = machine
  const { dataFolder } = config.postgres
  if (existsSync(join(dataFolder, 'standby.signal')) || !existsSync(join(dataFolder, 'recovery.signal'))) {
    throw new RefusedError(
      'conflict',
      `${dataFolder} is not about to recover (no recovery.signal, or a standby.signal): restore a backup into it first.`,
    )
  }
  const patroni = await readPatroniPostgres(config)
  const configFile = await configFileOf(config, patroni)
  if (configFile === null) throw new RefusedError('conflict', (await configFileFault(config, patroni)) ?? '')
  // Restored with the rest, it would bring Patroni's settings back as of the backup.
  await rm(join(dataFolder, 'patroni.dynamic.json'), { force: true })
  const wayIn = await wayInOf(config, patroni)
  const least = await leastSettings(machine, told)
  const { log, hba } = besideData(dataFolder)
  await writeDurable(hba, recoveryAccess(config, wayIn))
  await keepLast(log)
  const majorVersion = Number.parseInt(await readFile(join(dataFolder, 'PG_VERSION'), 'utf8'), 10)
  const output = await open(log, 'wx', 0o600)
  try {
    const postgres = spawn(
      recoveryProgram(config),
      recoveryArguments(config, { port, majorVersion, configFile, wayIn, least }),
      {
        cwd: dataFolder,
        detached: true,
        env: bareEnvironment(environmentOf(config)),
        stdio: ['ignore', output.fd, output.fd],
      },
    )
    await once(postgres, 'spawn')
    postgres.unref()
    say(`Postgres is started as process ${postgres.pid}; its log is ${log}.`)
    await waitForPidFile(dataFolder, postgres)
  } finally {
    await output.close()
  }
}

/** Until then nobody could tell it from one that has ended. */
async function waitForPidFile(
  dataFolder: string,
  postgres: { exitCode: number | null; signalCode: string | null },
): Promise<void> {
  for (let tries = 0; tries < 1_500; tries++) {
    if ((await postmasterOf(dataFolder)) !== null) return
    if (postgres.exitCode !== null || postgres.signalCode !== null) return
    await wait(20)
  }
}

async function waitForEnd(machine: Machine): Promise<RecoveryStatus> {
  let told = ''
  for (let round = 0; ; round++) {
    const status = await recoveryStatus(machine)
    if (status.state === 'promoted' || status.state === 'paused') return status
    if (status.state === 'failed')
      throw new RefusedError('failed', `The recovery failed: ${status.failure ?? 'see its log'}.`)
    if (status.state === 'stopped') {
      const lines = await logLines(besideData(machine.config.postgres.dataFolder).log)
      throw new RefusedError('failed', `Postgres ended before its recovery did; ${lastWords(lines)}.`)
    }
    const line = `Recovering${status.replayedLsn === null ? '' : `: replayed up to ${status.replayedLsn}`}.`
    if (line !== told) machine.say(line)
    told = line
    // What it was started for goes on without us.
    await wait(Math.min(50 + round * 10, 1_000), undefined, { signal: machine.signal })
  }
}

async function keepLast(log: string): Promise<void> {
  try {
    await rename(log, `${log}.before`)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}
