import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import { recoveryStatus, type RecoveryStatus } from '#agent/protocol/results.ts'
import { readResultLine } from '#agent/verbs/result-line.ts'
import type { LeastSettings } from '#domain/recovery/least-settings.ts'
import { buildAgent, type BuiltAgent } from './built-agent.ts'
import { freePort } from './test-folder.ts'
import { runAs, type TestPostgres, testPostgres } from './test-postgres.ts'

/** A Postgres with an archive, and copies of it to recover as pgBackRest would have restored them. */
export interface RecoveryCase extends AsyncDisposable {
  leader: TestPostgres
  archive: string
  agent: BuiltAgent
  /** The moment, as a target. */
  moment: () => Promise<string>
  /** Whatever was written up to now is in the archive. */
  archiveAll: () => Promise<void>
  /** Copies the leader's data as it is now. */
  copy: (name: string) => Promise<RecoveryCopy>
}

export interface RecoveryCopy {
  config: AgentConfig
  log: () => Promise<string>
  /** A file of Postgres' user; its folder is made. */
  write: (path: string, words: string) => Promise<void>
  /** Makes it one that is about to recover to this time. */
  aimAt: (time: string) => Promise<void>
  /** Does the verb as Postgres' user, as sudo would have it; throws what it was refused with. */
  recover: (config?: AgentConfig, least?: LeastSettings) => Promise<RecoveryStatus>
  /** Asks it as the superuser. */
  ask: (sql: string) => Promise<string>
}

/** Makes one; `words`: more of the leader's arguments. */
export async function recoveryCase(words: readonly string[] = []): Promise<RecoveryCase> {
  const agent = await buildAgent((config) => config)
  chmodSync(agent.folder, 0o755)
  const leader = await testPostgres()
  const archive = join(leader.folder, 'archive')
  await leader.program('/bin/mkdir', [archive])
  await leader.start([...archiving(archive), ...words])
  const copies: AgentConfig[] = []
  return {
    leader,
    archive,
    agent,
    moment: () => leader.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US"+00"')`),
    archiveAll: async () => {
      const wal = await leader.sql('SELECT pg_walfile_name(pg_switch_wal())')
      const isThere = `SELECT coalesce(last_archived_wal, '') >= '${wal}' FROM pg_stat_archiver`
      while ((await leader.sql(isThere)) !== 't') await leader.sql('SELECT pg_sleep(0.1)')
    },
    copy: async (name) => {
      const made = await copyOf({ leader, agent, archive }, name)
      copies.push(made.config)
      return made
    },
    [Symbol.asyncDispose]: async () => {
      for (const { postgres } of copies)
        await leader.program('pg_ctl', ['-D', postgres.dataFolder, '-m', 'immediate', 'stop']).catch(() => {})
      await leader[Symbol.asyncDispose]()
      await agent[Symbol.asyncDispose]()
    },
  }
}

/** The arguments of a Postgres that copies its WAL into this folder. */
export function archiving(folder: string): string[] {
  return ['-c archive_mode=on', `-c "archive_command=cp %p ${folder}/%f"`, '-c wal_level=replica']
}

async function copyOf(
  { leader, agent, archive }: Pick<RecoveryCase, 'leader' | 'agent' | 'archive'>,
  name: string,
): Promise<RecoveryCopy> {
  const dataFolder = join(leader.folder, name)
  const { folder } = leader
  await leader.program('pg_basebackup', ['-h', folder, '-U', 'postgres', '-D', dataFolder, '-X', 'none', '-c', 'fast'])
  const base = leader.machine.config
  const port = await freePort()
  const config = { ...base, postgres: { ...base.postgres, dataFolder, port } }
  const write = async (path: string, words: string) => {
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, words, { mode: 0o600 })
    own(join(path, '..'))
    own(path)
  }
  return {
    config,
    write,
    log: () => readFile(`${dataFolder}.matriarch-recovery.log`, 'utf8'),
    aimAt: async (time) => {
      await write(join(dataFolder, 'recovery.signal'), '')
      await write(join(dataFolder, 'postgresql.auto.conf'), restored(archive, time))
      await rm(join(dataFolder, 'standby.signal'), { force: true })
    },
    recover: (changed = config, least = {}) => recover(agent, changed, least),
    ask: (sql) =>
      leader.program('psql', ['-XAt', '-h', folder, '-p', String(port), '-U', 'postgres', '-d', 'postgres', '-c', sql]),
  }
}

async function recover(agent: BuiltAgent, config: AgentConfig, least: LeastSettings): Promise<RecoveryStatus> {
  await writeFile(join(agent.folder, 'config.json'), JSON.stringify(config), { mode: 0o644 })
  const [program = '', ...words] = agent.program
  const child = spawn(program, [...words, 'run-verb', 'postgres-recover-start'], {
    ...runAs(),
    cwd: '/',
    env: bareEnvironment({ PATH: '/usr/bin:/bin' }),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.write(`${JSON.stringify({ port: config.postgres.port, least })}\n`)
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')])
  const line = readResultLine(said.trimEnd().split('\n').at(-1) ?? '')
  if (line === null) throw new Error(`It gave no result: ${said}`)
  if ('refused' in line) throw new Error(line.refused.sentence)
  return recoveryStatus.parse(line.result)
}

/** As pgBackRest writes it. */
function restored(archive: string, time: string): string {
  return `# Recovery settings generated by pgBackRest restore on 2026-11-25 15:16:34
restore_command = 'cp ${archive}/%f "%p"'
recovery_target_time = '${time}'
recovery_target_action = 'pause'
recovery_target_timeline = '1'
`
}

// The tests are root, and Postgres is not.
function own(path: string): void {
  const user = runAs()
  if ('uid' in user) chownSync(path, user.uid, user.gid)
}
