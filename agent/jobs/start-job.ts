import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeDurable } from '#agent/durable.ts'
import type { JobFile } from './job-files.ts'
import { parts } from './job-parts.ts'

/** Lays a job down, so that it is known whatever becomes of the agent. */
export async function journal(folder: string, job: JobFile): Promise<void> {
  await mkdir(folder, { mode: 0o700, recursive: true })
  await writeDurable(join(folder, parts.job), JSON.stringify(job))
  await syncFolder(join(folder, '..'))
}
