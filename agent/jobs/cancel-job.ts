import { giveUp, howJobStands, type Standing } from './how-job-stands.ts'
import { isAlive } from './process-identity.ts'
import { graceMs, signalGroup } from './stop-child.ts'

/** Ends a job that has not ended, and waits a while for its end; one that ended before is left as it is. */
export async function cancelJob(folder: string, standing: Standing): Promise<void> {
  if (standing.state === 'accepted') {
    if (await giveUp(folder, 'cancelled', 'It was cancelled before it began: nothing was done.')) return
    const begun = await howJobStands(folder, new Date())
    if (begun !== null) await endRunning(folder, begun)
  }
  if (standing.state === 'running') await endRunning(folder, standing)
}

async function endRunning(folder: string, { runner, program }: Standing): Promise<void> {
  // The runner ends its program and writes down that it did; without one, nobody is left to do so.
  if (runner !== null && isAlive(runner)) process.kill(runner.pid, 'SIGTERM')
  else if (program !== null && isAlive(program)) signalGroup(program.pid, 'SIGTERM')
  const until = Date.now() + graceMs
  while (Date.now() < until + 2_000) {
    const now = await howJobStands(folder, new Date())
    if (now === null || now.state !== 'running') return
    if (runner === null && program !== null && Date.now() > until && isAlive(program)) {
      signalGroup(program.pid, 'SIGKILL')
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
}
