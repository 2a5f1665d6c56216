import { switchoverResultOf } from '#domain/operation/operation.ts'
import { workerPidOf } from '../../e2e/console.ts'
import { labClusterName } from '../../e2e/lab-cluster.ts'
import { until } from '../../e2e/until.ts'
import { report } from './report.ts'
import { median, round } from './statistics.ts'
import { type WatchedLab, withWatchedLab } from './watched-lab.ts'

const turns = 5
const limitSeconds = 12

/** How long an operation stays without a worker after SIGKILL in its middle, and that it moves the lead once. */
export async function takeover(stopping: AbortSignal): Promise<void> {
  await withWatchedLab(stopping, async (lab) => {
    const found: number[] = []
    for (let turn = 1; turn <= turns; turn++) {
      const result = await killOnce(lab, turn * 300)
      found.push(result.takeoverSeconds)
      report({ bench: 'takeover', turn, ...result })
    }
    const worstSeconds = Math.max(...found)
    const isWithin = worstSeconds <= limitSeconds
    report({ bench: 'takeover', turns, medianSeconds: median(found), worstSeconds, limitSeconds, isWithin })
  })
}

async function killOnce({ console, rest, untilHealthy }: WatchedLab, killAfterMs: number) {
  const before = await untilHealthy()
  const asked = await rest.switchOver(labClusterName, { to: null, reason: 'bench of a takeover' })
  const wait = { what: 'the operation runs', timeoutMs: 20_000, everyMs: 10 }
  const running = await until(wait, async () => {
    const found = await rest.operation(asked.id)
    return found.state === 'planned' ? null : found
  })
  await new Promise((resolve) => setTimeout(resolve, killAfterMs))
  const pid = workerPidOf(console.pid)
  if (pid === null) throw new Error('The console has no worker.')
  process.kill(pid, 'SIGKILL')
  const killedAtMs = performance.now()
  await until({ what: 'a worker took over', timeoutMs: 60_000, everyMs: 20 }, async () => {
    const { epoch, endedAt } = await rest.operation(asked.id)
    return epoch > running.epoch || endedAt !== null
  })
  const takeoverSeconds = round((performance.now() - killedAtMs) / 1000, 2)
  const { state, result } = await rest.untilEnded(asked.id)
  const doneSeconds = round((performance.now() - killedAtMs) / 1000, 2)
  const after = await untilHealthy()
  const [from, to] = [before, after].map(({ leader, members }) => members.find(({ name }) => name === leader)?.timeline)
  return {
    killAfterMs,
    takeoverSeconds,
    doneSeconds,
    state,
    newLeader: switchoverResultOf(result)?.newLeader,
    switchovers: (to ?? 0) - (from ?? 0),
  }
}
