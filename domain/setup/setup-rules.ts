import type { SetupRule } from './rule.ts'
import { consoleRules } from './rules/console.ts'
import { etcdRules } from './rules/etcd.ts'
import { haproxyRules } from './rules/haproxy.ts'
import { patroniLossRules } from './rules/patroni-loss.ts'
import { patroniMemberRules } from './rules/patroni-members.ts'
import { patroniRejoinRules } from './rules/patroni-rejoin.ts'
import { patroniTimeRules } from './rules/patroni-times.ts'
import { pgbackrestRules } from './rules/pgbackrest.ts'
import { pgbouncerModeRules } from './rules/pgbouncer-modes.ts'
import { pgbouncerPoolRules } from './rules/pgbouncer-pools.ts'
import { postgresEqualRules } from './rules/postgres-equal.ts'
import { postgresSafetyRules } from './rules/postgres-safety.ts'
import { postgresSessionRules } from './rules/postgres-sessions.ts'
import { postgresWalRules } from './rules/postgres-wal.ts'

/** Every rule on the set-up of a cluster. */
export const setupRules: readonly SetupRule[] = [
  ...patroniTimeRules,
  ...patroniLossRules,
  ...patroniRejoinRules,
  ...patroniMemberRules,
  ...postgresSafetyRules,
  ...postgresWalRules,
  ...postgresEqualRules,
  ...postgresSessionRules,
  ...pgbouncerPoolRules,
  ...pgbouncerModeRules,
  ...haproxyRules,
  ...etcdRules,
  ...pgbackrestRules,
  ...consoleRules,
]
