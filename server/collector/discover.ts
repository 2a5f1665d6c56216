import { X509Certificate } from 'node:crypto'
import { secretNames, strangePlaces, type BoundSecrets } from '#domain/bound-secret.ts'
import type { ClusterConfig, ClusterDraft, ClusterSecretName, Discovery } from '#domain/fleet/cluster.ts'
import { baseUrl, pageUrl } from '#server/adapters/base-url.ts'
import { createAccess, givenForOthers } from './access.ts'
import { Board } from './board.ts'
import { discoverEtcd } from './discover/etcd.ts'
import { discoverPatroni } from './discover/patroni.ts'
import { discoverHaproxy, discoverPoolers, discoverPostgres } from './discover/sides.ts'
import type { Found } from './discover/found.ts'

/**
 * Looks at everything a draft names: finds the members from any one of them, tries each endpoint, and says by field what
 * stands in the way. Changes nothing; typed credentials go to typed hosts only. Takes at most about 20 s.
 */
export async function discover(draft: ClusterDraft, secrets: BoundSecrets, signal?: AbortSignal): Promise<Discovery> {
  const found: Found = { errors: unreadable(draft, secrets), endpoints: [] }
  const access = createAccess(asCluster(draft, secrets), secrets)
  const board = new Board(access, new Date())
  const identity = await discoverPatroni(board, found, signal)
  await Promise.all([
    discoverEtcd(board, identity, found, signal),
    discoverHaproxy(board, found, signal),
    discoverPostgres(board, found, signal),
    discoverPoolers(board, found, signal),
  ])
  return { ...found, ...identity }
}

/** What is wrong with the draft before anybody is asked. */
function unreadable(draft: ClusterDraft, secrets: BoundSecrets): Discovery['errors'] {
  const errors: Discovery['errors'] = []
  const tell = (field: Discovery['errors'][number]['field'], sentence: string) => errors.push({ field, sentence })
  if (draft.patroniUrls.length === 0)
    tell('patroniUrls', 'Give the address of at least one member, such as 10.0.1.10:8008.')
  for (const text of draft.patroniUrls) {
    if (baseUrl(text, 8008) === null) tell('patroniUrls', notAnAddress(text, '10.0.1.10:8008'))
  }
  for (const text of draft.etcdUrls) {
    if (baseUrl(text, 2379) === null) tell('etcdUrls', notAnAddress(text, '10.0.1.20:2379'))
  }
  if (draft.haproxyUrl !== null && pageUrl(draft.haproxyUrl) === null) {
    tell('haproxyUrl', notAnAddress(draft.haproxyUrl, 'http://10.0.1.30:7000/'))
  }
  if (draft.caPem !== null && !isCertificate(draft.caPem)) {
    tell('caPem', 'This is not a certificate in PEM: it begins with -----BEGIN CERTIFICATE-----.')
  }
  if (draft.patroniUser !== null && !secrets['patroni-password']) tell('secrets.patroni-password', missing('Patroni'))
  if (draft.etcdUser !== null && !secrets['etcd-password']) tell('secrets.etcd-password', missing('etcd'))
  if (draft.haproxyUser !== null && !secrets['haproxy-password']) tell('secrets.haproxy-password', missing('HAProxy'))
  for (const name of secretNames) {
    const secret = secrets[name]
    const [strange] = secret ? strangePlaces(name, secret, draft) : []
    if (strange !== undefined) tell(`secrets.${name}`, givenForOthers(systems[name], strange))
  }
  return errors
}

const systems = {
  'patroni-password': 'Patroni',
  'etcd-password': 'etcd',
  'haproxy-password': 'HAProxy',
  'postgres-password': 'Postgres',
} as const satisfies Record<ClusterSecretName, string>

function notAnAddress(text: string, example: string): string {
  const shown = text.replace(/\/\/[^@/]*@/, '//…@').slice(0, 100)
  const hint = /@/.test(text)
    ? 'leave user and password out, they have fields of their own'
    : `write it like ${example}`
  return `"${shown}" is not an address the console can use: ${hint}.`
}

function missing(system: string): string {
  return `The password of the ${system} user is missing.`
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== null
  } catch {
    return false
  }
}

function asCluster(draft: ClusterDraft, secrets: BoundSecrets): ClusterConfig {
  const { name, labels, secrets: _, ...endpoints } = draft
  return {
    id: '',
    name,
    labels,
    scope: null,
    systemIdentifier: null,
    createdAt: new Date(),
    endpoints: {
      ...endpoints,
      hasPatroniPassword: secrets['patroni-password'] !== undefined,
      hasEtcdPassword: secrets['etcd-password'] !== undefined,
      hasHaproxyPassword: secrets['haproxy-password'] !== undefined,
      hasPostgresPassword: secrets['postgres-password'] !== undefined,
    },
  }
}
