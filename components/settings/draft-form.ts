import type { ClusterConfig, ClusterDraft, ClusterSecretName } from '#domain/fleet/cluster.ts'

/** A cluster as it stands in the fields of a form: texts, lists by line. */
export interface DraftForm {
  name: string
  /** With commas. */
  labels: string
  patroniUrls: string
  patroniUser: string
  patroniPassword: string
  caPem: string
  etcdUrls: string
  etcdUser: string
  etcdPassword: string
  etcdNamespace: string
  haproxyUrl: string
  haproxyUser: string
  haproxyPassword: string
  postgresUser: string
  postgresPassword: string
  postgresDatabase: string
  poolerPort: string
}

export const emptyForm: DraftForm = {
  name: '',
  labels: '',
  patroniUrls: '',
  patroniUser: '',
  patroniPassword: '',
  caPem: '',
  etcdUrls: '',
  etcdUser: '',
  etcdPassword: '',
  etcdNamespace: '/service',
  haproxyUrl: '',
  haproxyUser: '',
  haproxyPassword: '',
  postgresUser: '',
  postgresPassword: '',
  postgresDatabase: 'postgres',
  poolerPort: '',
}

/** The form of a registered cluster; passwords are never shown. */
export function formOf({ name, labels, endpoints }: ClusterConfig): DraftForm {
  return {
    ...emptyForm,
    name,
    labels: labels.join(', '),
    patroniUrls: endpoints.patroniUrls.join('\n'),
    patroniUser: endpoints.patroniUser ?? '',
    caPem: endpoints.caPem ?? '',
    etcdUrls: endpoints.etcdUrls.join('\n'),
    etcdUser: endpoints.etcdUser ?? '',
    etcdNamespace: endpoints.etcdNamespace,
    haproxyUrl: endpoints.haproxyUrl ?? '',
    haproxyUser: endpoints.haproxyUser ?? '',
    postgresUser: endpoints.postgresUser ?? '',
    postgresDatabase: endpoints.postgresDatabase,
    poolerPort: endpoints.poolerPort === null ? '' : String(endpoints.poolerPort),
  }
}

/** The draft a form stands for. `known` = the cluster it changes: a user taken away takes the kept password along. */
export function draftOf(form: DraftForm, known: ClusterConfig | null): ClusterDraft {
  return {
    name: form.name.trim(),
    labels: partsOf(form.labels, /,/u),
    patroniUrls: partsOf(form.patroniUrls, /[\s,]+/u).map((url) => completeUrl(url, 8008)),
    patroniUser: textOf(form.patroniUser),
    caPem: textOf(form.caPem),
    etcdUrls: partsOf(form.etcdUrls, /[\s,]+/u).map((url) => completeUrl(url, 2379)),
    etcdUser: textOf(form.etcdUser),
    etcdNamespace: form.etcdNamespace.trim() || emptyForm.etcdNamespace,
    haproxyUrl: form.haproxyUrl.trim() === '' ? null : completeUrl(form.haproxyUrl.trim(), 7000),
    haproxyUser: textOf(form.haproxyUser),
    postgresUser: textOf(form.postgresUser),
    postgresDatabase: form.postgresDatabase.trim() || emptyForm.postgresDatabase,
    poolerPort: portOf(form.poolerPort),
    secrets: secretsOf(form, known),
  }
}

function secretsOf(form: DraftForm, known: ClusterConfig | null): ClusterDraft['secrets'] {
  const kept = known?.endpoints
  const secrets: ClusterDraft['secrets'] = {}
  const add = (name: ClusterSecretName, password: string, user: string, isKept: boolean) => {
    if (password !== '') secrets[name] = password
    else if (isKept && user.trim() === '') secrets[name] = ''
  }
  add('patroni-password', form.patroniPassword, form.patroniUser, kept?.hasPatroniPassword === true)
  add('etcd-password', form.etcdPassword, form.etcdUser, kept?.hasEtcdPassword === true)
  add('haproxy-password', form.haproxyPassword, form.haproxyUser, kept?.hasHaproxyPassword === true)
  add('postgres-password', form.postgresPassword, form.postgresUser, kept?.hasPostgresPassword === true)
  return secrets
}

/** `10.0.1.10` as `http://10.0.1.10:8008`; what has a scheme stays as it was typed. */
export function completeUrl(text: string, port: number): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(text)) return text
  const [, host = text, path = ''] = /^([^/]*)(\/.*)?$/u.exec(text) ?? []
  return `http://${/:\d+$/u.test(host) ? host : `${host}:${port}`}${path}`
}

/** What is no number is sent as one that the console refuses by field, not silently taken as none. */
function portOf(text: string): number | null {
  if (text.trim() === '') return null
  return /^\d{1,6}$/u.test(text.trim()) ? Number(text) : -1
}

function textOf(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

function partsOf(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean)
}
