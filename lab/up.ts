import { existsSync, writeFileSync } from 'node:fs'
import { agentServer, installAgents } from './agent.ts'
import { etcds, type HostName, hosts, nodes } from './addresses.ts'
import { env } from './env.ts'
import { LabError } from './failure.ts'
import { heal, thaw } from './faults.ts'
import { forgetData, prepareHome, refuseOtherRestPassword } from './home.ts'
import { etcdHasQuorum, streamingFrom, wakeLeader, writableLeader } from './member.ts'
import { makeNetwork, plug } from './network.ts'
import { installMissingPackages } from './packages.ts'
import { patroniService } from './patroni-service.ts'
import { patroniServer } from './patroni-server.ts'
import { paths } from './paths.ts'
import { processesOf } from './proc.ts'
import { launch, runningServer } from './processes.ts'
import { pgbouncerServer } from './pgbouncer.ts'
import { provision } from './provision.ts'
import { query } from './postgres.ts'
import { refuseOtherRepositories } from './repositories.ts'
import { serversOf } from './servers.ts'
import { type LabStatus, labStatus } from './status.ts'
import { waitFor } from './wait.ts'

/** Brings up whatever is missing, undoing faults, until a leader takes writes and both replicas stream. */
export async function bringUp(): Promise<LabStatus> {
  refuseOtherRestPassword()
  refuseOtherRepositories()
  const before = await labStatus()
  if (before.state === 'up' && existsSync(paths.provisioned()) && !lacksWriter()) return before
  await installMissingPackages()
  await prepareHome()
  await installAgents()
  await makeNetwork()
  await undoFaults()
  if (isHalfMade()) forgetData()
  await startServers()
  const leader = await waitFor({ until: 'Patroni has a leader that takes writes', timeoutMs: 120_000 }, writableLeader)
  if (!existsSync(paths.provisioned())) {
    await provision(leader)
    writeFileSync(paths.provisioned(), `${new Date().toISOString()}\n`)
  }
  await Promise.all([waitForReplicas(), waitForRoute()])
  if (env.hasWriter) await launchAll('writer')
  return labStatus()
}

function lacksWriter(): boolean {
  return env.hasWriter && (runningServer('writer', 'writer')?.isStopped ?? true)
}

async function undoFaults(): Promise<void> {
  await Promise.all([...hosts.map(thaw), ...hosts.map(plug), ...nodes.map(heal)])
  for (const node of nodes) patroniService.unmask(node)
}

/** A bootstrap that was cut short leaves an initialize key without a leader, which Patroni would wait on for ever. */
function isHalfMade(): boolean {
  return !existsSync(paths.provisioned()) && hosts.every((host) => processesOf(host).length === 0)
}

async function startServers(): Promise<void> {
  await Promise.all([
    ...etcds.map(launchAll),
    launchAll('haproxy'),
    launchAll('s3'),
    ...nodes.flatMap((node) => [launch(pgbouncerServer(node)), launch(agentServer(node))]),
  ])
  // A Patroni that finds no etcd sleeps 5 s before it asks again.
  await waitFor({ until: 'etcd has a quorum', timeoutMs: 30_000, everyMs: 50 }, etcdHasQuorum)
  await Promise.all(nodes.map((node) => launch(patroniServer(node))))
}

async function launchAll(host: HostName): Promise<void> {
  await Promise.all(serversOf(host).map(launch))
}

async function waitForReplicas(): Promise<void> {
  await waitFor(
    { until: `two replicas stream (logs in ${paths.logs()})`, timeoutMs: 120_000, everyMs: 500 },
    async () => {
      const dead = nodes.find((node) => runningServer(node, 'patroni') === null)
      if (dead !== undefined) throw new LabError(`Patroni of ${dead} is not running`)
      const leader = await writableLeader()
      if (leader === null) return false
      if ((await streamingFrom(leader)).length === 2) return true
      await wakeLeader(leader)
      return false
    },
  )
}

async function waitForRoute(): Promise<void> {
  const statement = `insert into heartbeat (note) values ('lab up')`
  await waitFor({ until: 'a write through HAProxy succeeds', timeoutMs: 120_000 }, async () => {
    await query({ host: 'haproxy', role: 'app', statement, timeoutMs: 3000 })
    return true
  })
}
