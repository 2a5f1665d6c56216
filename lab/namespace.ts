import type { HostName } from './addresses.ts'

/** Whom commands on a host run as. */
export type HostUser = 'root' | 'postgres' | 'matriarch-agent'

export const namespacePrefix = 'matriarch-'

export function namespaceOf(host: HostName): string {
  return `${namespacePrefix}${host}`
}

export function namespacePath(host: HostName): string {
  return `/run/netns/${namespaceOf(host)}`
}

/** The command as it runs inside a host. It keeps its pid: nsenter and setpriv both exec. */
export function inside(host: HostName, command: readonly string[], user: HostUser = 'root'): string[] {
  // nsenter rather than `ip netns exec`: that one adds a mount namespace, which would keep /run/netns entries busy.
  const enter = ['nsenter', `--net=${namespacePath(host)}`]
  const become = user === 'root' ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups']
  return [...enter, ...become, ...command]
}
