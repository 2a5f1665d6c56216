import type { StoredAgent } from '#server/store/agents.ts'

/**
 * The agents of a cluster in the order in which they are asked about backups: where one is being made first, because only there
 * its progress is seen, then the leader's, then those that answered last.
 */
export function whoToAsk(
  agents: readonly StoredAgent[],
  { backingUp, leader }: { backingUp: string | null; leader: string | null },
): StoredAgent[] {
  const rank = ({ node, problem }: StoredAgent): number => {
    if (node === backingUp) return 0
    if (node === leader) return 1
    return problem === null ? 2 : 3
  }
  return agents
    .filter(({ vetoed }) => !vetoed.includes('pgbackrest-info'))
    .toSorted((a, b) => rank(a) - rank(b) || (a.node < b.node ? -1 : 1))
}
