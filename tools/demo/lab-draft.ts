import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import { patroniUrls } from '#lab/addresses.ts'
import { credentials, restUser } from '#lab/credentials.ts'
import { keptRestPassword } from '#lab/rest-password.ts'
import { labClusterName, labDraft as labAsAdded } from '../../e2e/lab-cluster.ts'

/** Name of the lab's cluster in the console. */
export const clusterName = labClusterName

/** The lab with all that can be seen of it. */
export function labDraft(): ClusterDraft {
  const restPassword = keptRestPassword()
  return labAsAdded({
    patroniUrls,
    patroniUser: restPassword === null ? null : restUser,
    secrets: {
      'postgres-password': credentials.matriarch.password,
      'haproxy-password': credentials.haproxy.password,
      ...(restPassword === null ? {} : { 'patroni-password': restPassword }),
    },
  })
}
