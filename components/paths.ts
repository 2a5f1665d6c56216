/** Every address of the console is made here. */
export const paths = {
  fleet: () => '/',
  /** `act` = with the sheet of that act open. */
  cluster: (name: string, act?: string) => `/clusters/${encodeURIComponent(name)}${queryOf({ act })}`,
  /** `since`, `until` = the part of time that is marked. */
  clusterEvents: (name: string, marked: { since?: string; until?: string } = {}) =>
    `/clusters/${encodeURIComponent(name)}/events${queryOf(marked)}`,
  clusterHistory: (name: string) => `/clusters/${encodeURIComponent(name)}/history`,
  /** Samples as a table for spreadsheets; each of `series` such as `clients@pg-node-1`. */
  historyTable: (name: string, asked: { from: string; to: string; points: number }, series: readonly string[]) =>
    `/api/v1/clusters/${encodeURIComponent(name)}/history.csv${queryOf(asked)}${series.map((one) => `&series=${encodeURIComponent(one)}`).join('')}`,
  clusterOperations: (name: string) => `/clusters/${encodeURIComponent(name)}/operations`,
  clusterPostgres: (name: string) => `/clusters/${encodeURIComponent(name)}/postgres`,
  /** `node` = at the pooler of that member. */
  clusterPools: (name: string, node?: string) =>
    `/clusters/${encodeURIComponent(name)}/pools${node === undefined ? '' : `#${encodeURIComponent(node)}`}`,
  /** `part` = at the heading of that layer. */
  clusterTraffic: (name: string, part?: 'haproxy' | 'etcd') =>
    `/clusters/${encodeURIComponent(name)}/traffic${part === undefined ? '' : `#${part}`}`,
  /** `act` = with the sheet of that act open. */
  clusterBackups: (name: string, act?: 'back-up' | 'rehearse') =>
    `/clusters/${encodeURIComponent(name)}/backups${queryOf({ act })}`,
  /** `at`, `timeline` = the moment that was touched. */
  restore: (name: string, touched: { at?: string; timeline?: number } = {}) =>
    `/clusters/${encodeURIComponent(name)}/restore${queryOf(touched)}`,
  /** `invite` = with the panel that invites this node's agent open. */
  clusterAgents: (name: string, invite?: string) =>
    `/clusters/${encodeURIComponent(name)}/agents${queryOf({ invite })}`,
  clusterSetup: (name: string) => `/clusters/${encodeURIComponent(name)}/setup`,
  approvals: () => '/approvals',
  approval: (id: string) => `/approvals/${encodeURIComponent(id)}`,
  clusterStatus: (name: string) => `/clusters/${encodeURIComponent(name)}/status`,
  /** `cluster` = with the sheet that begins it open for that cluster. */
  maintenance: (cluster?: string) => `/maintenance${queryOf({ add: cluster })}`,
  alerts: () => '/alerts',
  clusterAlerts: (name: string) => `/clusters/${encodeURIComponent(name)}/alerts`,
  /** `rule` = with the sheet of that rule open. */
  clusterRules: (name: string, rule?: string) =>
    `/clusters/${encodeURIComponent(name)}/alerts/rules${queryOf({ rule })}`,
  incident: (number: number) => `/incidents/${number}`,
  runbook: (name: string) => `/runbooks/${encodeURIComponent(name)}`,
  events: () => '/events',
  operation: (id: string, act?: 'stop') => `/operations/${encodeURIComponent(id)}${queryOf({ act })}`,
  /** The records of a filter as a file. */
  auditExport: (form: 'csv' | 'jsonl', asked: Record<string, string | undefined>) =>
    `/api/v1/audit/export.${form}${queryOf(asked)}`,
  /** The file that a rehearsal took out of the recovered data. */
  extractFile: (id: string) => `/api/v1/operations/${encodeURIComponent(id)}/extract`,
  audit: (filter: { cluster?: string; seq?: number; operation?: string; act?: 'verify' } = {}) =>
    `/audit${queryOf(filter)}`,
  clusterSettings: () => '/settings/clusters',
  addCluster: () => '/settings/clusters?add=1',
  changeCluster: (name: string) => `/settings/clusters${queryOf({ edit: name })}`,
  removeCluster: (name: string) => `/settings/clusters${queryOf({ remove: name })}`,
  userSettings: () => '/settings/users',
  addPerson: () => '/settings/users?add=1',
  notificationSettings: () => '/settings/notifications',
  policySettings: () => '/settings/policies',
  watcherSettings: () => '/settings/watchers',
  historySettings: () => '/settings/history',
  account: () => '/settings/account',
  makeToken: () => '/settings/account?add=1',
  /** Where a second factor is registered before anything else. */
  enrol: (next?: string) => `/enrol${queryOf({ next })}`,
  /** Where whoever has no role is told so, until they have one and go on to `next`. */
  noRole: (next?: string) => `/no-role${queryOf({ next })}`,
  identitySettings: () => '/settings/sign-in',
  apiSettings: () => '/settings/api',
  openApi: () => '/api/v1/openapi.json',
  /** To the provider of sign-ins and back to `next`. */
  signInWith: (next: string) => `/api/auth/oidc/begin${queryOf({ next })}`,
  /** The provider asks again who one is. */
  signInAgainWith: (next: string) => `/api/auth/oidc/begin${queryOf({ next, again: '1' })}`,
  signIn: (next?: string) => `/sign-in${queryOf({ next })}`,
} as const

/** The cluster whose page a path is, null for every other page. */
export function clusterInPath(path: string): string | null {
  const name = /^\/clusters\/([^/]+)/.exec(path)?.[1]
  return name === undefined ? null : decodeURIComponent(name)
}

function queryOf(values: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) query.set(key, String(value))
  }
  return query.size === 0 ? '' : `?${query}`
}
