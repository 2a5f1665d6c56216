import { agentFault, agentOf } from '#domain/agent/agent-fault.ts'
import { isFollowing } from '#domain/snapshot/following.ts'
import type { RehearsalCase } from './planning.ts'
import { rehearsalTask } from './task.ts'

/** Where a recovery is rehearsed, and why there: the node that is named, else a replica with room whose agent answers, else the leader. */
export function rehearsalNode(
  given: RehearsalCase,
  neededBytes: number | null,
): { node: string; nodeReason: string; freeBytes: number | null } {
  const { snapshot, agents, wish } = given
  const freeOn = (name: string): number | null => agentOf(agents, name)?.dataFreeBytes ?? null
  const on = (node: string, nodeReason: string) => ({ node, nodeReason, freeBytes: freeOn(node) })
  if (wish.node !== null) return on(wish.node, `${wish.node} was asked for.`)
  const leader = snapshot.leader?.name ?? ''
  const able = snapshot.members
    .filter(({ name }) => name !== leader && canBeAsked(given, name) && !isFull(freeOn(name), neededBytes))
    .toSorted(
      (a, b) =>
        Number(isFollowing(b)) - Number(isFollowing(a)) ||
        (freeOn(b.name) ?? -1) - (freeOn(a.name) ?? -1) ||
        a.name.localeCompare(b.name),
    )
  const [replica] = able
  if (replica !== undefined) {
    const room = freeOn(replica.name) === null ? 'a replica whose agent answers' : 'the replica with the most room'
    return on(replica.name, `${replica.name} is ${room}, so clients that write are not slowed down.`)
  }
  if (leader === '') return on('', 'There is no replica with room whose agent answers, and nobody leads.')
  return on(leader, `No replica with room has an agent that answers, so it is done beside the leader ${leader}.`)
}

function canBeAsked({ agents, now, wish }: RehearsalCase, name: string): boolean {
  return agentFault(name, agentOf(agents, name), now, rehearsalTask(wish)) === null
}

function isFull(freeBytes: number | null, neededBytes: number | null): boolean {
  return freeBytes !== null && neededBytes !== null && freeBytes < neededBytes
}
