import type { RestoreContext } from './context.ts'
import type { Fault } from './look-at-nodes.ts'

/** Patroni's keys as they are, and whether the console may clear them: nobody wants to learn that with the cluster down. */
export async function lookAtDcs({
  cluster,
  operation,
  signal,
}: RestoreContext): Promise<{ systemIdentifier: string; keys: { name: string; value: string }[] } | Fault> {
  const { clusterName, plan } = operation
  if (cluster.dcs === null) return { fault: `The console was not given the addresses of etcd for ${clusterName}.` }
  const all = await cluster.dcs.list(signal)
  const systemIdentifier = all.find(({ name }) => name === 'initialize')?.value ?? ''
  if (systemIdentifier === '') return { fault: `etcd holds no system identifier of ${clusterName}.` }
  if (plan.systemIdentifier !== null && plan.systemIdentifier !== systemIdentifier) {
    return { fault: `etcd holds another system identifier of ${clusterName} than the plan: ${systemIdentifier}.` }
  }
  await cluster.dcs.clear({ systemIdentifier, isTrial: true }, signal)
  // Members write themselves anew, and the configuration stays where it is.
  const keys = all.filter(({ name }) => !name.startsWith('members/') && name !== 'config' && name !== 'initialize')
  return { systemIdentifier, keys }
}
