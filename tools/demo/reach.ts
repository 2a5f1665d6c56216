import { address, etcds, nodes } from '#lab/addresses.ts'

/** Where the demo's console may connect to: the hosts of the lab that it looks at, one by one, and nowhere else. */
export function demoReach(): string {
  return [...nodes, ...etcds, 'haproxy' as const].map((host) => address[host]).join(', ')
}
