import type { ClusterConfig, ClusterDraft, ClusterSecretName } from '#domain/cluster.ts'
import { AppError } from '#server/errors.ts'

/** Throws AppError `invalid` where a kept secret would be sent to a host it was not typed for: it has to be typed again. */
export function refuseCarriedSecrets(known: ClusterConfig, draft: ClusterDraft): void {
  const { endpoints } = known
  const fields = [
    complaint('patroni-password', endpoints.hasPatroniPassword, endpoints.patroniUrls, draft.patroniUrls),
    complaint('postgres-password', endpoints.hasPostgresPassword, endpoints.patroniUrls, draft.patroniUrls),
    complaint('etcd-password', endpoints.hasEtcdPassword, endpoints.etcdUrls, draft.etcdUrls),
    complaint('haproxy-password', endpoints.hasHaproxyPassword, some(endpoints.haproxyUrl), some(draft.haproxyUrl)),
  ].filter((field) => field !== null)
  const open = fields.filter(({ name }) => draft.secrets[name] === undefined)
  const [first] = open
  if (!first) return
  throw new AppError('invalid', first.sentence, {
    fields: open.map(({ name, sentence }) => ({ field: `secrets.${name}`, sentence })),
  })
}

function complaint(name: ClusterSecretName, isKept: boolean, before: string[], after: string[]) {
  if (!isKept) return null
  const known = new Set(before.map(hostOf))
  const strange = after.map(hostOf).filter((host) => !known.has(host))
  if (strange.length === 0) return null
  return { name, sentence: `Type the password again: it would now be sent to ${strange.join(', ')} as well.` }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

function some(url: string | null): string[] {
  return url === null ? [] : [url]
}
