import type { RecoveryStatus } from '#agent/protocol/results.ts'
import type { Machine } from './machine.ts'
import { readRecoveryLog } from './read-recovery-log.ts'
import { logLines } from './recovery-status.ts'
import { askRehearsal } from './rehearsal-client.ts'
import { rehearsalPlace, type RehearsalPlace, rehearsalPostmaster } from './rehearsal-place.ts'

/** How a rehearsal stands: what its Postgres answers once it has recovered, and what its log tells. */
export function rehearsalStatus(machine: Machine, name: string): Promise<RecoveryStatus> {
  return statusAt(machine, rehearsalPlace(machine.config, name))
}

export async function statusAt(machine: Machine, place: RehearsalPlace): Promise<RecoveryStatus> {
  const pid = await rehearsalPostmaster(place)
  const lines = await logLines(place.log)
  // Asked sooner, it would note each refusal in its log.
  const isOpen = lines.some((line) => line.endsWith('database system is ready to accept connections'))
  const answer = pid !== null && isOpen ? await isInRecovery(machine, place) : null
  return {
    ...readRecoveryLog(lines, { pid, isInRecovery: answer, isPaused: false }),
    pid,
    isAnswering: answer !== null,
    // It takes no queries before its recovery has ended.
    replayedLsn: redoneUpTo(lines),
    replayedAt: null,
  }
}

async function isInRecovery(machine: Machine, place: RehearsalPlace): Promise<boolean | null> {
  const question = { database: 'postgres', sql: 'SELECT pg_is_in_recovery()' }
  const answer = await askRehearsal(machine, place, question).catch(() => null)
  return answer === null ? null : answer === 't'
}

/** Postgres tells it when it ends its recovery: `redo done at 0/3000060 system usage: ...`. */
function redoneUpTo(lines: readonly string[]): string | null {
  return (
    /redo done at ([0-9A-F]+\/[0-9A-F]+)/.exec(lines.findLast((line) => line.includes('redo done at')) ?? '')?.[1] ??
    null
  )
}
