import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import type { RepositoryWish } from '#domain/plan/repository-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { choreFault } from './chore-fault.ts'

/**
 * Where pgBackRest runs for a chore: on the leader, where backups run too and so one lock holds them apart. Reading all files needs no Postgres, and must be
 * possible while nobody leads: then, or where the leader's agent cannot be asked, it is done where the repository was last read from.
 */
export function chooseNode(
  { snapshot, agents, view }: { snapshot: Snapshot; agents: readonly AgentSight[]; view: BackupView | null },
  { kind }: Pick<RepositoryWish, 'kind'>,
  now: Date,
): { node: string; nodeReason: string } {
  const leader = snapshot.leader?.name ?? ''
  const isAble = (name: string) =>
    choreFault(kind, name, agents.find(({ node }) => node === name) ?? null, now) === null
  if (kind === 'repository-verify' && view !== null && !isAble(leader) && isAble(view.node)) {
    return { node: view.node, nodeReason: `${view.node} is where the repository was last read from.` }
  }
  return { node: leader, nodeReason: leader === '' ? 'Nobody leads.' : `${leader} leads, and pgBackRest runs there.` }
}
