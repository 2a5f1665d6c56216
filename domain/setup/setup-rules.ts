import type { SetupRule } from './rule.ts'
import { consoleRules } from './rules/console.ts'
import { etcdMemberRules } from './rules/etcd-members.ts'
import { etcdUpkeepRules } from './rules/etcd-upkeep.ts'
import { haproxyLimitRules } from './rules/haproxy-limits.ts'
import { haproxyRouteRules } from './rules/haproxy-routes.ts'
import { patroniLossRules } from './rules/patroni-loss.ts'
import { patroniMemberRules } from './rules/patroni-members.ts'
import { patroniRejoinRules } from './rules/patroni-rejoin.ts'
import { patroniTimeRules } from './rules/patroni-times.ts'
import { pgbackrestBackupRules } from './rules/pgbackrest-backups.ts'
import { pgbackrestRepositoryRules } from './rules/pgbackrest-repositories.ts'
import { pgbouncerModeRules } from './rules/pgbouncer-modes.ts'
import { pgbouncerLimitRules } from './rules/pgbouncer-limits.ts'
import { pgbouncerNodeRules } from './rules/pgbouncer-nodes.ts'
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
  ...pgbouncerLimitRules,
  ...pgbouncerNodeRules,
  ...pgbouncerModeRules,
  ...haproxyRouteRules,
  ...haproxyLimitRules,
  ...etcdMemberRules,
  ...etcdUpkeepRules,
  ...pgbackrestBackupRules,
  ...pgbackrestRepositoryRules,
  ...consoleRules,
]
