import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { howJobStands, isOpen } from './how-job-stands.ts'

/** Deletes the jobs that ended longer than a month ago; those that cannot be read stay. */
export async function pruneJobs(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    const standing = await howJobStands(join(folder, name), now).catch(() => null)
    if (standing === null || isOpen(standing)) continue
    const since = standing.endedAt ?? standing.startedAt ?? standing.job.acceptedAt
    if (now.getTime() - Date.parse(since) > keptMs) await rm(join(folder, name), { recursive: true })
  }
}

const keptMs = 30 * 86_400_000
