import { setTimeout as sleep } from 'node:timers/promises'
import { nodes } from '#lab/addresses.ts'
import { runningServer } from '#lab/processes.ts'
import { workerPidOf } from '../../e2e/console.ts'
import { enrolAgents } from '../../e2e/enrol-agents.ts'
import { ownUsageOf, type Usage, usageOf } from './process-usage.ts'
import { report } from './report.ts'
import { round } from './statistics.ts'
import { withWatchedLab } from './watched-lab.ts'

const warmUpMs = 30_000
const spanMs = 60_000
const workerLimit = { cpuPercent: 3, residentMegabytes: 200 }
const agentLimit = { cpuPercent: 0.1, residentMegabytes: 60 }

/**
 * What the worker and each node's agent take of this machine while one healthy cluster is watched and nothing happens: first with agents that no console
 * knows, then with all of them enrolled and asked.
 */
export async function rest(stopping: AbortSignal): Promise<void> {
  await withWatchedLab(stopping, async ({ console, rest: api }) => {
    await measure(console.pid, 'alone')
    await enrolAgents(api)
    await measure(console.pid, 'enrolled')
  })
}

interface Watched {
  of: string
  limit: typeof workerLimit
  usage: () => Usage
}

async function measure(consolePid: number, agents: 'alone' | 'enrolled'): Promise<void> {
  await sleep(warmUpMs)
  const all = [workerOf(consolePid), ...nodes.map(agentOn)]
  const startedAtMs = performance.now()
  const before = all.map(({ usage }) => usage().cpuSeconds)
  await sleep(spanMs)
  const seconds = (performance.now() - startedAtMs) / 1000
  for (const [index, { of, limit, usage }] of all.entries()) {
    const { cpuSeconds, residentBytes } = usage()
    const cpuPercent = round(((cpuSeconds - (before[index] ?? 0)) / seconds) * 100, 2)
    const residentMegabytes = round(residentBytes / 1024 / 1024)
    const isWithin = cpuPercent <= limit.cpuPercent && residentMegabytes <= limit.residentMegabytes
    report({ bench: 'rest', of, agents, seconds: round(seconds), cpuPercent, residentMegabytes, limit, isWithin })
  }
}

function workerOf(consolePid: number): Watched {
  const pid = workerPidOf(consolePid)
  if (pid === null) throw new Error('The console has no worker.')
  return { of: 'worker', limit: workerLimit, usage: () => usageOf(pid) }
}

/** What it starts, such as pgBackRest when it is asked for backups, comes and goes and is not itself. */
function agentOn(node: (typeof nodes)[number]): Watched {
  const agent = runningServer(node, 'agent')
  if (agent === null) throw new Error(`No agent runs on ${node}.`)
  return { of: `agent on ${node}`, limit: agentLimit, usage: () => ownUsageOf(agent.pid) }
}
