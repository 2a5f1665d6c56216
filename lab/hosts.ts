import { setTimeout as sleep } from 'node:timers/promises'
import { type HostName, isNode } from './addresses.ts'
import { LabError } from './failure.ts'
import { thaw } from './faults.ts'
import { waitUntilGone } from './gone.ts'
import { logFile } from './paths.ts'
import { isMasked } from './patroni-service.ts'
import { postmaster } from './postgres.ts'
import { processesOf, signal } from './proc.ts'
import { launch, runningServer } from './processes.ts'
import { serversOf } from './servers.ts'

/** Starts what does not run on the host, and makes sure that it did not end at once. */
export async function startHost(host: HostName): Promise<void> {
  // As after a reboot: what is masked stays down.
  const servers = serversOf(host).filter(({ name }) => !(name === 'patroni' && isNode(host) && isMasked(host)))
  for (const server of servers) await launch(server)
  await sleep(500)
  for (const { name } of servers) {
    if (runningServer(host, name) === null) {
      throw new LabError(`${name} of ${host} ended right after its start: see ${logFile(host, name)}`)
    }
  }
}

/** Stops the host's servers in good order and returns when the last process of the host is gone. */
export async function stopHost(host: HostName): Promise<void> {
  await thaw(host)
  for (const { name } of serversOf(host)) {
    const running = runningServer(host, name)
    if (running !== null) signal(running, 'SIGTERM')
  }
  let isTold = false
  const meanwhile = () => {
    // Patroni leaves Postgres running when the cluster is paused or when it was killed itself.
    const isAlone = isNode(host) && runningServer(host, 'patroni') === null
    const orphan = isAlone && !isTold ? postmaster(host) : null
    if (orphan === null) return
    signal(orphan, 'SIGINT')
    isTold = true
  }
  const until = `the last process of ${host} is gone`
  await waitUntilGone({ until, timeoutMs: 120_000, meanwhile }, () => processesOf(host))
}
