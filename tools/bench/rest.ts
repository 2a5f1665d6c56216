import { setTimeout as sleep } from 'node:timers/promises'
import { workerPidOf } from '../../e2e/console.ts'
import { usageOf } from './process-usage.ts'
import { report, round } from './statistics.ts'
import { withWatchedLab } from './watched-lab.ts'

const warmUpMs = 30_000
const spanMs = 60_000
const limit = { cpuPercent: 3, residentMegabytes: 200 }

/** What the worker takes of this machine while one healthy cluster is watched and nothing happens. */
export async function rest(stopping: AbortSignal): Promise<void> {
  await withWatchedLab(stopping, async ({ console }) => {
    await sleep(warmUpMs)
    const pid = workerPidOf(console.pid)
    if (pid === null) throw new Error('The console has no worker.')
    const before = usageOf(pid)
    const startedAtMs = performance.now()
    await sleep(spanMs)
    const seconds = (performance.now() - startedAtMs) / 1000
    const after = usageOf(pid)
    const cpuPercent = round(((after.cpuSeconds - before.cpuSeconds) / seconds) * 100, 2)
    const residentMegabytes = round(after.residentBytes / 1024 / 1024)
    report({ bench: 'rest', seconds: round(seconds), cpuPercent, residentMegabytes, limit })
  })
}
