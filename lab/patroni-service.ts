import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeName } from './addresses.ts'
import { LabError } from './failure.ts'
import { hostFolder } from './paths.ts'
import { patroniServer } from './patroni-server.ts'
import { signal } from './proc.ts'
import { launch, runningServer } from './processes.ts'
import { waitFor } from './wait.ts'

/** Gives the exit code that systemctl would. */
type Act = (node: NodeName) => number | Promise<number>

/** What can be done with Patroni on a node, as with a unit of systemd. */
export const patroniService = {
  async stop(node) {
    const patroni = runningServer(node, 'patroni')
    if (patroni === null) return 0
    signal(patroni, 'SIGTERM')
    // Patroni stops its Postgres first, unless the cluster is paused.
    await waitFor({ until: `Patroni of ${node} has ended`, timeoutMs: 240_000, everyMs: 50 }, () => {
      return runningServer(node, 'patroni') === null
    })
    return 0
  },
  async start(node) {
    if (isMasked(node)) throw new LabError(`Patroni of ${node} is masked: unmask it first.`)
    await launch(patroniServer(node))
    return 0
  },
  mask(node) {
    writeFileSync(maskFile(node), 'Patroni is not to be started on this node.\n')
    return 0
  },
  unmask(node) {
    rmSync(maskFile(node), { force: true })
    return 0
  },
  status(node) {
    const isActive = runningServer(node, 'patroni') !== null
    const idle = isMasked(node) ? 'masked' : 'inactive'
    console.log(isActive ? 'active' : idle)
    return isActive ? 0 : 3
  },
} as const satisfies Record<string, Act>

export const serviceVerbs = Object.keys(patroniService)

export function isServiceVerb(word: string): word is keyof typeof patroniService {
  return Object.hasOwn(patroniService, word)
}

/** True while nobody may start Patroni on this node, a reboot included. */
export function isMasked(node: NodeName): boolean {
  return existsSync(maskFile(node))
}

function maskFile(node: NodeName): string {
  return join(hostFolder(node), 'patroni.masked')
}
