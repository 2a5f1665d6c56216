import { AppError } from '#server/errors.ts'
import { removeCluster } from '#server/store/clusters.ts'
import { activeOperations } from '#server/store/operations.ts'
import type { CommandContext } from '../trpc.ts'
import { needCluster } from './need.ts'

/** Forgets a cluster; it goes on running. Its events, operations and audit records stay. */
export async function removeRegisteredCluster(
  { act, services: { store } }: CommandContext,
  { name, confirmName, reason }: { name: string; confirmName: string; reason: string },
): Promise<{ id: string; name: string }> {
  const cluster = await needCluster(store, name)
  act.on({ target: cluster.name, cluster, reason, detail: { endpoints: cluster.endpoints } })
  if (confirmName !== cluster.name) {
    const sentence = `Type the name of the cluster, ${cluster.name}, to remove it.`
    throw new AppError('invalid', sentence, { fields: [{ field: 'confirmName', sentence }] })
  }
  const [operation] = await activeOperations(store, cluster.id)
  if (operation) {
    throw new AppError(
      'conflict',
      `${operation.requestedBy.name} has a ${operation.kind} of ${cluster.name} under way since ${operation.requestedAt.toISOString()}. Remove the cluster when it has ended.`,
    )
  }
  await act.commit((tx) => removeCluster(tx, cluster.id))
  return { id: cluster.id, name: cluster.name }
}
