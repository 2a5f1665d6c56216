import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'

/** What an operation waits for a person to decide. */
export interface Question {
  /** Number of the step that asks it: an answer names it, so that none meets another question. */
  step: number
  /** What stands now, in a sentence or a few. */
  sentence: string
  ways: Way[]
  /** What was seen of the recovered data, where that is what is to be decided on. */
  seen?: RecoveryAttempt | null
  askedAt: Date
}

/** One way on. */
export interface Way {
  kind: WayKind
  /** Names the act, as its button does. */
  title: string
  /** What will happen on this way. */
  sentence: string
  /** True = there is no cheap way back from it: it is confirmed by typing. */
  isFinal: boolean
}

/**
 * `commit`: what was recovered becomes the cluster. `move`: recover to another moment. `abandon`: the old cluster comes back as it was. `retry`: the
 * step that failed, once more. `pass`: on without the nodes that do not answer. `leave`: the operation ends and all stays as it stands.
 */
export type WayKind = 'commit' | 'move' | 'abandon' | 'retry' | 'pass' | 'leave'

/** A person's answer to a question. */
export interface Decision {
  step: number
  way: WayKind
  /** For `move`: where recovery shall stop instead. */
  target: RecoveryTarget | null
  reason: string
  by: string
  at: Date
}
