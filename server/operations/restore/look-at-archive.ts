import { askStanza } from './ask-stanza.ts'
import type { RestoreContext } from './context.ts'
import type { Fault } from './look-at-nodes.ts'

/** What pgBackRest on the node says now: the backup must be there, the repository readable, and nobody else at it. */
export async function lookAtArchive(context: RestoreContext): Promise<{ archiveId: string } | Fault> {
  const { node, stanza, repository, set } = context.operation.plan
  const told = await askStanza(context, { node, stanza })
  if ('fault' in told) return told
  const { found } = told
  const held = found?.repositories.find(({ key }) => key === repository)
  if (found === null || held === undefined) {
    return { fault: `pgBackRest on ${node} knows no repository ${repository} of stanza ${stanza}.` }
  }
  if (held.statusCode !== 0)
    return { fault: `Repository ${repository} is not well by pgBackRest on ${node}: ${held.message}.` }
  if (!found.backups.some((backup) => backup.label === set && backup.repository === repository)) {
    return { fault: `Backup ${set} is not in repository ${repository} by pgBackRest on ${node}.` }
  }
  if (found.backup.isRunning)
    return { fault: `pgBackRest is at work on ${node}: wait until its backup or expiry has ended.` }
  const archive = found.archives.find((each) => each.repository === repository && each.isOfThisCluster)
  return archive === undefined
    ? { fault: `Repository ${repository} holds no archive of this cluster.` }
    : { archiveId: archive.id }
}
