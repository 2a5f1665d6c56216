import type { AgentConfig } from '#agent/config/agent-config.ts'
import type { EnrolmentHost } from '#agent/enrol/host.ts'
import type { RateLimit } from '#agent/guard/rate-limit.ts'
import type { Refusals } from '#agent/guard/refusals.ts'
import type { Keys } from '#agent/keys/keys.ts'
import type { Log } from '#agent/log.ts'
import type { CheckpointFile } from '#agent/state/checkpoint-file.ts'
import type { AgentState } from '#agent/state/agent-state.ts'
import type { Verbs } from '#agent/verbs/verbs.ts'

/** What the server is made of. */
export interface AgentParts {
  config: AgentConfig
  keys: Keys
  state: AgentState
  checkpoints: CheckpointFile
  host: EnrolmentHost
  /** Null where only an enrolment is waited for. */
  verbs: Verbs | null
  refusals: Refusals
  /** For requests that the console did not sign. */
  strangers: RateLimit
  /** Milliseconds since 1970. */
  clock: () => number
  startedAt: Date
  log: Log
}
