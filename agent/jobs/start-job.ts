import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeDurable } from '#agent/durable.ts'
import { bareEnvironment } from './bare-environment.ts'
import { giveUp } from './how-job-stands.ts'
import type { JobFile } from './job-files.ts'
import { parts } from './job-parts.ts'

/** Lays a job down, so that it is known whatever becomes of the agent. */
export async function journal(folder: string, job: JobFile): Promise<void> {
  await mkdir(folder, { mode: 0o700, recursive: true })
  await writeDurable(join(folder, parts.job), JSON.stringify(job))
  await syncFolder(join(folder, '..'))
}

/** Has this program do the job in a process of its own, which outlives the agent. */
export function startRunner(
  { ownProgram, environment }: { ownProgram: readonly string[]; environment: Record<string, string> },
  folder: string,
): void {
  const [file = '', ...argv] = ownProgram
  const runner = spawn(file, [...argv, 'job', folder], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
    env: bareEnvironment(environment),
  })
  runner.on('error', (error) => {
    const problem = `The agent could not start itself as ${file} to run this job: ${error.message}.`
    void giveUp(folder, 'failed', problem).catch(() => {})
  })
  runner.unref()
}
