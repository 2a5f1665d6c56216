import { readFileSync } from 'node:fs'
import { uninstallAgents } from './agent.ts'
import { hosts, nodes } from './addresses.ts'
import { LabError } from './failure.ts'
import { waitUntilGone } from './gone.ts'
import { removeHome } from './home.ts'
import { networkRemains, removeNetwork } from './network.ts'
import { dataFolder } from './paths.ts'
import { postmasterFile } from './postgres.ts'
import { type LiveProcess, processesIn, processesOf, signal } from './proc.ts'
import { runningServer } from './processes.ts'
import { run } from './run.ts'
import { abandonedSegments } from './segments.ts'
import { serversOf } from './servers.ts'

/** Removes every trace: nothing of the lab is worth a graceful stop. */
export async function takeDown(): Promise<void> {
  const until = 'the last process of the lab is gone'
  const meanwhile = (alive: LiveProcess[]) => alive.forEach((found) => signal(found, 'SIGKILL'))
  await waitUntilGone({ until, timeoutMs: 30_000, meanwhile }, labProcesses)
  for (const id of abandonedSegments(nodes.map(postmasterFile), readFileSync('/proc/sysvipc/shm', 'utf8'))) {
    await run(['ipcrm', '-m', `${id}`])
  }
  await removeNetwork()
  await uninstallAgents()
  removeHome()
  const remains = networkRemains()
  if (remains.length > 0) throw new LabError(`Still there after down: ${remains.join(', ')}. Run it once more.`)
}

function labProcesses(): LiveProcess[] {
  // The pid files and the working folders tell of processes even when their namespace was deleted by hand.
  const tracked = hosts.flatMap((host) => serversOf(host).flatMap(({ name }) => runningServer(host, name) ?? []))
  return [...hosts.flatMap(processesOf), ...tracked, ...nodes.flatMap((node) => processesIn(dataFolder(node)))]
}
