import { logLookDue, logWindowOf } from '#domain/alerts/log-look.ts'
import { loggedPrograms, type LoggedProgram, type LogSource } from '#domain/logs/log-line.ts'
import { capital } from '#domain/words.ts'
import { callKeyOf, type CallKey } from '#server/adapters/agent/call.ts'
import { readLog } from '#server/adapters/agent/logs.ts'
import { AppError } from '#server/errors.ts'
import { agentsToWatch, type StoredAgent } from '#server/store/agents.ts'
import {
  incidentsToRead,
  keepLogs,
  logSources,
  type IncidentToRead,
  type LogLook,
} from '#server/store/alerts/incident-logs.ts'
import type { AgentWatch } from './watch-agents.ts'
import { slowMs, startWokenLoop } from '#server/collector/woken-loop.ts'

const beatMs = 5_000
/** Incidents of one cluster for which logs are read in one round. */
const mostOfCluster = 3

/** What a worker remembers between looks: by agent, its version where that does not know what is asked. */
export type UnableAgents = Map<string, string>

/** What reads logs: a notice that alerts changed makes it look now whether there is an incident. */
export interface IncidentLogReading {
  hear(notice: { kind: string }): void
}

/** Reads what the logs of the nodes say around the incidents of this worker's clusters, until the signal. */
export function startReadingIncidentLogs(watch: AgentWatch, restMs = slowMs): IncidentLogReading {
  const unable: UnableAgents = new Map()
  const loop = startWokenLoop({
    name: 'incident-logs',
    log: watch.log,
    signal: watch.signal,
    async look() {
      try {
        return (await readIncidentLogs(watch, unable, new Date())) > 0 ? beatMs : restMs
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
        return beatMs
      }
    },
  })
  return {
    hear({ kind }) {
      if (kind === 'alerts') loop.wake()
    },
  }
}

/** Reads them for each incident whose turn it is, cluster by cluster at the same time; how many there are whose turn comes. */
export async function readIncidentLogs(watch: AgentWatch, unable: UnableAgents, now: Date): Promise<number> {
  const { store, executorId } = watch
  const incidents = await incidentsToRead(store, executorId)
  const due = incidents.flatMap((incident) => {
    const look = logLookDue(incident, now)
    return look === null ? [] : [{ incident, ...look }]
  })
  if (due.length === 0) return incidents.length
  const agents = await agentsToWatch(store, executorId)
  const reading = { watch, unable, key: callKeyOf(watch.signingKey), now }
  const ends = await Promise.allSettled(
    [...new Set(due.map(({ incident }) => incident.clusterId))].map(async (clusterId) => {
      const there = agents.filter((agent) => agent.clusterId === clusterId)
      const ofCluster = due.filter(({ incident }) => incident.clusterId === clusterId)
      for (const one of ofCluster.slice(0, mostOfCluster)) await readFor(one, there, reading)
    }),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return incidents.length
}

interface Reading {
  watch: AgentWatch
  unable: UnableAgents
  key: CallKey
  now: Date
}

async function readFor(
  { incident, isLast }: { incident: IncidentToRead; isLast: boolean },
  agents: readonly StoredAgent[],
  reading: Reading,
): Promise<void> {
  const { store, signal } = reading.watch
  const sources = await logSources(store.pool, incident.id)
  const looks = await Promise.all(agents.map((agent) => lookAt(agent, { incident, sources }, reading)))
  // A look that was broken off says nothing of the agents.
  if (signal.aborted) return
  await keepLogs(store, incident.id, { looks: looks.flat(), at: reading.now, isLast })
}

async function lookAt(
  agent: StoredAgent,
  { incident, sources }: { incident: IncidentToRead; sources: readonly LogSource[] },
  reading: Reading,
): Promise<LogLook[]> {
  const looks: LogLook[] = []
  for (const program of loggedPrograms) {
    const readTo = sources.find((source) => source.node === agent.node && source.program === program)?.readTo ?? null
    const window = logWindowOf(incident, readTo, reading.now)
    looks.push({ node: agent.node, program, ...(await readOne(agent, { program, ...window }, reading)) })
  }
  return looks
}

type Read = { problem: string } | Omit<Extract<LogLook, { problem: null }>, 'node' | 'program'>

async function readOne(
  agent: StoredAgent,
  asked: { program: LoggedProgram; from: Date; to: Date },
  { watch: { signal }, unable, key }: Reading,
): Promise<Read> {
  const known = knownProblem(agent, unable)
  if (known !== null) return { problem: known }
  try {
    const read = await readLog({ agent, key, signal }, asked)
    if (read === null) {
      // Each time it would refuse anew, and tell of that.
      unable.set(agent.id, agent.version)
      return { problem: tooOld(agent) }
    }
    const { problem, ...rest } = read
    return problem === null ? { problem, ...rest } : { problem }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { problem: capital(error.message) }
  }
}

/** Why it need not be asked; null = it is asked. */
function knownProblem(agent: StoredAgent, unable: UnableAgents): string | null {
  if (agent.vetoed.includes('log-tail')) return `agent.toml of ${agent.node} forbids its agent to tell logs.`
  if (unable.get(agent.id) === agent.version) return tooOld(agent)
  return agent.problem === null ? null : capital(agent.problem)
}

function tooOld({ node, version }: StoredAgent): string {
  return `The agent of ${node} (${version}) is too old to tell logs by time: install a newer one.`
}
