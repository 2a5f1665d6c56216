import type { SwitchoverResult } from '#domain/operation/operation.ts'

/** Why no length of an interruption is told. Where the lead moved without a word on how that was measured, no writes had to stop. */
export function notMeasured({ newLeader, interruptionBasis }: SwitchoverResult): string {
  return newLeader !== null && interruptionBasis === null
    ? 'No writes stopped: the leader of a standby cluster takes none.'
    : 'The interruption could not be measured.'
}
