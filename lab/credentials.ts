/** Passwords of the lab. Fixed and public: it listens on a bridge of its own machine only. */
export const credentials = {
  postgres: { user: 'postgres', password: 'lab-postgres' },
  replicator: { user: 'replicator', password: 'lab-replicator' },
  app: { user: 'app', password: 'lab-app' },
  auditor: { user: 'auditor', password: 'lab-auditor' },
  matriarch: { user: 'matriarch', password: 'lab-matriarch' },
  /** Anybody may look at its statistics; this one may also drain. */
  haproxy: { user: 'matriarch', password: 'lab-haproxy' },
} as const

export type Role = Exclude<keyof typeof credentials, 'haproxy'>

/** The user name of Patroni's REST API when it is given a password. */
export const restUser = 'matriarch'

/** The one account that the S3 server knows. */
export const s3Account = { key: 'S3RVER', secret: 'S3RVER' }

/** What pgBackRest encrypts its repository with. */
export const repositoryPassphrase = 'lab-repository'
