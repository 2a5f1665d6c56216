import { type HostName, hosts, isNode, type NodeName, nodes } from './addresses.ts'
import { UsageError } from './failure.ts'

const targets: HostName[] = [...nodes, ...hosts.filter((host) => !isNode(host))]

/** The host that a person means: `pg-node-2`, `2`, `etcd-1`, `haproxy`, `s3` or `writer`. */
export function hostNamed(name: string): HostName {
  const found = targets.find((host) => host === name || host === `pg-node-${name}`)
  if (found === undefined) {
    throw new UsageError(`There is no "${name}" in the lab: say one of ${targets.join(', ')}, or 1, 2, 3 for a node.`)
  }
  return found
}

export function nodeNamed(name: string): NodeName {
  const host = hostNamed(name)
  if (!isNode(host)) throw new UsageError(`This works on a node only, not on ${host}: say one of ${nodes.join(', ')}.`)
  return host
}
