import type { Operation, OperationKind } from '#domain/operation/operation.ts'
import { backup } from './backup/definition.ts'
import { cancelScheduledSwitchover } from './cancel-scheduled-switchover/definition.ts'
import type { OperationDefinition } from './define.ts'
import { failover } from './failover/definition.ts'
import { haproxyCommand } from './haproxy/definition.ts'
import { poolerCommand, poolerPause } from './pooler/definition.ts'
import { rehearsal } from './rehearsal/definition.ts'
import { reinitialise } from './reinitialise/definition.ts'
import { releaseKeptData } from './release/definition.ts'
import { removal } from './removal/definition.ts'
import { repositoryCheck, repositoryExpire, repositoryVerify, stanzaCreate } from './repository/definition.ts'
import { restore } from './restore/definition.ts'
import { scheduleSwitchover } from './schedule-switchover/definition.ts'
import { signalBackend } from './signal/definition.ts'
import { switchover } from './switchover/definition.ts'

const definitions = {
  switchover,
  failover,
  'schedule-switchover': scheduleSwitchover,
  'cancel-scheduled-switchover': cancelScheduledSwitchover,
  backup,
  rehearsal,
  restore,
  reinitialise,
  'release-kept-data': releaseKeptData,
  'repository-check': repositoryCheck,
  'repository-verify': repositoryVerify,
  'repository-expire': repositoryExpire,
  'stanza-create': stanzaCreate,
  'signal-backend': signalBackend,
  'haproxy-command': haproxyCommand,
  'pooler-command': poolerCommand,
  'pooler-pause': poolerPause,
  'remove-cluster': removal,
} satisfies Record<OperationKind, OperationDefinition>

/** The definition a plan was made with; null when this version of the console does not have it. */
export function definitionOf({ kind, plan }: Pick<Operation, 'kind' | 'plan'>): OperationDefinition | null {
  // Kept by another version, a kind or a version may be none that the types know.
  const all: OperationDefinition[] = Object.values(definitions)
  const found = all.find((each) => each.kind === kind && each.version === plan.version)
  return found ?? null
}
