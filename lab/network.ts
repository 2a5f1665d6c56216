import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { address, bridgeAddress, type HostName, hosts, subnet } from './addresses.ts'
import { LabError } from './failure.ts'
import { inside, namespaceOf, namespacePath, namespacePrefix } from './namespace.ts'
import { run, succeeds } from './run.ts'

const bridge = 'matriarch0'

export async function makeNetwork(): Promise<void> {
  refuseTakenAddresses()
  if (!existsSync(`/sys/class/net/${bridge}`)) await run(['ip', 'link', 'add', bridge, 'type', 'bridge'])
  await run(['ip', 'address', 'replace', `${bridgeAddress}/24`, 'dev', bridge])
  await run(['ip', 'link', 'set', bridge, 'up'])
  if (bridgeIsFiltered() && !(await succeeds(acceptBridged('-C')))) await run(acceptBridged('-I'))
  await Promise.all(hosts.map(makeHost))
}

export async function removeNetwork(): Promise<void> {
  if (bridgeIsFiltered()) {
    while (await succeeds(acceptBridged('-C'))) await run(acceptBridged('-D'))
  }
  for (const host of hosts) {
    if (existsSync(`/sys/class/net/${portOf(host)}`)) await run(['ip', 'link', 'delete', portOf(host)])
    if (existsSync(namespacePath(host))) await run(['ip', 'netns', 'delete', namespaceOf(host)])
  }
  if (existsSync(`/sys/class/net/${bridge}`)) await run(['ip', 'link', 'delete', bridge])
  await removeNamespaceMount()
}

export function networkRemains(): string[] {
  const links = [bridge, ...hosts.map(portOf)].filter((link) => existsSync(`/sys/class/net/${link}`))
  const folder = existsSync('/run/netns') ? readdirSync('/run/netns') : []
  return [...links, ...folder.filter((name) => name.startsWith(namespacePrefix))]
}

/** Unplugs the host: the bridge's end of its cable goes down. */
export async function unplug(host: HostName): Promise<void> {
  await run(['ip', 'link', 'set', portOf(host), 'down'])
}

export async function plug(host: HostName): Promise<void> {
  await run(['ip', 'link', 'set', portOf(host), 'up'])
}

export function isUnplugged(host: HostName): boolean {
  try {
    const flags = Number(readFileSync(`/sys/class/net/${portOf(host)}/flags`, 'utf8'))
    return (flags & 1) === 0
  } catch {
    return false
  }
}

async function makeHost(host: HostName): Promise<void> {
  if (!existsSync(namespacePath(host))) await run(['ip', 'netns', 'add', namespaceOf(host)])
  const port = portOf(host)
  if (!existsSync(`/sys/class/net/${port}`)) {
    await run(['ip', 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespaceOf(host)])
  }
  await run(['ip', 'link', 'set', port, 'master', bridge, 'up'])
  await run(inside(host, ['ip', 'address', 'replace', `${address[host]}/24`, 'dev', 'eth0']))
  await run(inside(host, ['ip', 'link', 'set', 'eth0', 'up']))
  await run(inside(host, ['ip', 'link', 'set', 'lo', 'up']))
}

function portOf(host: HostName): string {
  return `mv-${host}`
}

function refuseTakenAddresses(): void {
  const prefix = bridgeAddress.replace(/\d+$/, '')
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    const taken = addresses?.find((entry) => entry.address.startsWith(prefix))
    if (name !== bridge && taken !== undefined) {
      throw new LabError(`${name} already uses ${taken.address}: the lab needs ${subnet} for itself on this machine.`)
    }
  }
}

/** Where container software lets iptables see bridged packets, its FORWARD policy would drop the lab's traffic. */
function bridgeIsFiltered(): boolean {
  const setting = '/proc/sys/net/bridge/bridge-nf-call-iptables'
  return existsSync(setting) && readFileSync(setting, 'utf8').trim() === '1'
}

function acceptBridged(action: '-C' | '-I' | '-D'): string[] {
  return ['iptables', '-w', action, 'FORWARD', '-i', bridge, '-o', bridge, '-j', 'ACCEPT']
}

/** `ip netns add` bind-mounts /run/netns on itself and never undoes it. */
async function removeNamespaceMount(): Promise<void> {
  const folder = '/run/netns'
  if (!existsSync(folder) || readdirSync(folder).length > 0) return
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
  for (const _ of mounts.filter((line) => line.split(' ')[4] === folder)) await run(['umount', folder])
  rmSync(folder, { recursive: true, force: true })
}
