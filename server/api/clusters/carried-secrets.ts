import { secretNames, secretPlaces } from '#domain/bound-secret.ts'
import type { ClusterConfig, ClusterDraft, ClusterEndpoints, ClusterSecretName } from '#domain/fleet/cluster.ts'
import { AppError } from '#server/errors.ts'

/**
 * Throws AppError `invalid` where a kept secret would be sent to a place it was not typed for: it has to be typed again.
 * Told here by field and at once; it is the worker that holds to it, by the places sealed with the secret.
 */
export function refuseCarriedSecrets({ endpoints }: ClusterConfig, draft: ClusterDraft): void {
  const fields = secretNames.flatMap((name) => {
    if (!isKept(name, endpoints) || draft.secrets[name] !== undefined) return []
    const known = new Set(secretPlaces(name, endpoints))
    const strange = secretPlaces(name, draft).filter((place) => !known.has(place))
    const sentence = `Type the password again: it would now be sent to ${strange.join(', ')} as well.`
    return strange.length === 0 ? [] : [{ field: `secrets.${name}`, sentence }]
  })
  const [first] = fields
  if (first) throw new AppError('invalid', first.sentence, { fields })
}

function isKept(name: ClusterSecretName, endpoints: ClusterEndpoints): boolean {
  switch (name) {
    case 'patroni-password':
      return endpoints.hasPatroniPassword
    case 'etcd-password':
      return endpoints.hasEtcdPassword
    case 'haproxy-password':
      return endpoints.hasHaproxyPassword
    case 'postgres-password':
      return endpoints.hasPostgresPassword
  }
}
