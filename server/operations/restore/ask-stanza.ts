import { programOutput } from '#agent/protocol/results.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import { parseInfo } from '#server/adapters/pgbackrest/parse-info.ts'
import { type Asking, askNode } from './ask-node.ts'
import type { Fault } from './look-at-nodes.ts'

/** What pgBackRest on a node tells of a stanza now; null = it knows none of that name. Throws AppError where its agent does not answer, or not in a way that can be read. */
export async function askStanza(
  context: Asking,
  { node, stanza }: { node: string; stanza: string },
  patienceMs?: number,
): Promise<{ found: BackupStanza | null } | Fault> {
  const asked = { node, verb: 'pgbackrest-info', args: { stanza } } as const
  const { exitCode, stdout, stderr } = await askNode(context, asked, programOutput, patienceMs)
  if (exitCode !== 0)
    return { fault: `pgBackRest on ${node} cannot read its repositories: ${stderr.trim().slice(0, 500)}` }
  const stanzas = parseInfo(stdout, { who: node, system: 'pgBackRest', address: node })
  return { found: stanzas.find(({ name }) => name === stanza) ?? null }
}
