import { agentFault, agentOf } from '#domain/agent/agent-fault.ts'
import { checkFault } from '#domain/recovery/check-fault.ts'
import { lastSeen } from '#domain/judgement/findings/console.ts'
import { formatBytes } from '#domain/format.ts'
import { backupsFault } from '#domain/plan/plan-restore/backups-fault.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { RehearsalPlanning } from './planning.ts'
import { rehearsalTask } from './task.ts'

/** Everything that stands in the way of a rehearsal; the running cluster need not be well for one. */
export function rehearsalBlockers(given: RehearsalPlanning): string[] {
  const { snapshot, now } = given
  if (sightOf(snapshot, now) !== 'clear') {
    return [`Matriarch does not see the cluster well enough to choose a node. ${lastSeen(snapshot, now)}`]
  }
  return [
    ...nodeFault(given),
    ...backupsFault({ ...given, target: given.wish.target }),
    ...archiveFaults(given),
    ...roomFault(given),
    ...checkFault(given.wish.check),
    ...extractFault(given),
  ]
}

function nodeFault({ snapshot, node, nodeReason, agents, wish, now }: RehearsalPlanning): string[] {
  if (node === '') return [nodeReason]
  if (!snapshot.members.some(({ name }) => name === node)) return [`This cluster has no member called ${node}.`]
  const fault = agentFault(node, agentOf(agents, node), now, rehearsalTask(wish))
  return fault === null ? [] : [fault]
}

/** Of use where the archive does not reach the moment. */
function archiveFaults({ choice, archiveFault }: RehearsalPlanning): string[] {
  return choice?.kind === 'refused' && archiveFault !== null ? [archiveFault] : []
}

function roomFault({ node, freeBytes, neededBytes }: RehearsalPlanning): string[] {
  if (freeBytes === null || neededBytes === null || freeBytes >= neededBytes) return []
  return [
    `${node} has ${formatBytes(freeBytes)} free, and the rehearsal needs about ${formatBytes(neededBytes)} beside the running data. Choose another node, or make room.`,
  ]
}

function extractFault({ wish: { extract } }: RehearsalPlanning): string[] {
  if (extract === null) return []
  const names = [extract.database, extract.schema, ...(extract.table === null ? [] : [extract.table])]
  return names.every(isName)
    ? []
    : ['The database, the schema and the table to take out are named by 1 to 63 characters each.']
}

/** As Postgres keeps names, in an argument of its own. */
function isName(name: string): boolean {
  return name.length >= 1 && name.length <= 63 && !/\p{Cc}/u.test(name)
}
