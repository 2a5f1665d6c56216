import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { addressToLookAt, configuredAddress, notConfigured } from '../leader-address.ts'
import type { RestoreContext } from './context.ts'
import type { MemberBefore } from './facts.ts'
import type { Fault } from './look-at-nodes.ts'

/** Where each member's Patroni is asked, whether the console may have the recovered one restarted, and the configuration as it stands. */
export async function lookAtPatroni(
  { cluster, operation, signal }: RestoreContext,
  snapshot: Snapshot,
): Promise<{ members: MemberBefore[]; config: string } | Fault> {
  const { node, replicas } = operation.plan
  const url = configuredAddress(cluster, snapshot, node)
  if (url === null) return { fault: notConfigured(node) }
  const members = [node, ...replicas].flatMap((name) => {
    const address = addressToLookAt(snapshot, name)
    const port = snapshot.members.find((member) => member.name === name)?.port ?? 5432
    return address === null ? [] : [{ name, url: address, port }]
  })
  const unknown = replicas.find((name) => !members.some((member) => member.name === name))
  if (unknown !== undefined) return { fault: `Where ${unknown}'s Patroni can be asked is not known to the console.` }
  const credentials = await cluster.patroni.checkCredentials(url, signal)
  if (credentials !== 'accepted') {
    return {
      fault: `${node}'s Patroni does not let the console act (${credentials}), and at the end it must be asked for a restart: correct user and password in the settings.`,
    }
  }
  return { members, config: await cluster.patroni.configText(url, signal) }
}
