import type pg from 'pg'
import type { Operation, OperationKind, OperationResult, OperationState } from '#domain/operation/operation.ts'
import type { Permission } from '#domain/people/permission.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { Decision, Question } from '#domain/operation/question.ts'
import type { RunBinding } from './agent-access.ts'
import type { BackupFacts } from './backup/facts.ts'
import type { OperationAccess } from './operation-access.ts'
import type { RehearsalFacts } from './rehearsal/facts.ts'
import type { ReinitialiseFacts } from './reinitialise/facts.ts'
import type { RepositoryFacts } from './repository/facts.ts'
import type { RestoreFacts } from './restore/facts.ts'
import type { SignalFacts } from './signal/facts.ts'

/**
 * An operation as a list of named steps; (kind, version) never changes its meaning, so that a plan can outlive an upgrade. Its
 * members are methods, so that a catalogue holds operations of different plans.
 */
export interface OperationDefinition<P extends Plan = Plan> {
  kind: OperationKind
  version: P['version']
  /** What whoever asked must still be allowed to do when it runs. */
  permission: Permission
  /** Steps as they stand on the page. */
  steps(plan: P): { name: string; title: string }[]
  /** True where it acts on the console's own store alone, and is given no way to the cluster. */
  isOfStore?: true
  /** What each step does, by its name. */
  acts: Record<string, StepAct<P>>
  /** What the operation is called when all steps are done. */
  succeeded(
    facts: Facts,
    plan: P,
  ): { outcome: string; result: OperationResult | null; state?: 'succeeded' | 'cancelled' }
  /**
   * Steps to go on with where all so far are done, or where one ended in another way; null = the operation ends. Must depend on what it is given
   * alone. A step is named `act` or `act~2`, `act~3` where it comes again.
   */
  onward?(course: Course<P>): { name: string; title: string }[] | null
  /** True for an effect that the operation itself can take back: until one that it cannot, it may be cancelled. */
  canBeTakenBack?(act: string): boolean
  /** What is known of the result when it ends in any other way. */
  resultSoFar(facts: Facts, plan: P): OperationResult | null
  /** What may have happened by the time a step broke off, and what to check; null while nothing was sent. */
  sentSoFar(facts: Facts, plan: P): string | null
}

/**
 * What a step does. A `look` only reads and may be run again. An `effect` changes the world: its intent is committed before,
 * and when it is entered again after a crash, `probe` decides by looking whether it happened. From an effect on there is no
 * cancelling, unless a look follows it to its end: that one honours the wish to cancel by itself.
 */
export type StepAct<P extends Plan = Plan> =
  | {
      act: 'look'
      deadlineMs: number
      run(context: StepContext<P>): Promise<StepOutcome>
      /** Name of the effect whose course it follows and can end, as long as it runs. */
      follows?: string
    }
  | {
      act: 'effect'
      deadlineMs: number
      run(context: StepContext<P>): Promise<StepOutcome>
      probe(context: StepContext<P>): Promise<StepOutcome | { kind: 'not-done' }>
    }

/** How far an operation has come, when it is to be said how it goes on. */
export interface Course<P extends Plan = Plan> {
  plan: P
  facts: Facts
  /** Steps that have ended, in order, the last one being what it has come to. */
  ended: { n: number; name: string; outcome: StepOutcome }[]
}

/** The act behind a step's name: `restore~2` does what `restore` does. */
export function actOf(name: string): string {
  return name.split('~')[0] ?? name
}

/** How a step ends. All but `done` end the operation. */
export type StepOutcome =
  | { kind: 'done'; detail: string }
  /** A precondition does not hold, or the other side said no; nothing was changed. */
  | { kind: 'refused'; detail: string }
  /** It is known how it is, and it is not as planned. */
  | { kind: 'failed'; detail: string }
  /** It cannot be told from here; the detail says what to check. */
  | { kind: 'unknown'; detail: string }
  | { kind: 'cancelled'; detail: string }

/** State of the operation that a step's end brings about. */
export const endOf = {
  refused: 'refused',
  failed: 'failed',
  unknown: 'unknown',
  cancelled: 'cancelled',
} as const satisfies Record<Exclude<StepOutcome['kind'], 'done'>, OperationState>

/** What steps have found out so far; kept with the step, so that it outlives the process. */
export interface Facts
  extends BackupFacts, RehearsalFacts, ReinitialiseFacts, RepositoryFacts, RestoreFacts, SignalFacts {
  /** When readings last showed that the plan still holds. */
  checkedAt?: Date
  /** Members that followed the leader before; none of them may be left behind. */
  followersBefore?: string[]
  /** Its leader takes no writes either, and a switchover starts no timeline. */
  isStandbyCluster?: boolean
  /** How often the request was sent to Patroni or an agent; counted before it is sent. */
  sends?: number
  /** Last timeline that had ended before the request was sent, kept where the plan knows no timeline. */
  endedBefore?: number | null
  /** By step, and part of a step: number of the first line of its job's output that was not told yet. */
  nextLines?: Record<string, number>
  newLeader?: string
  timelineAfter?: number | null
  /** Who followed the new leader at the end, and who of all members did not. */
  followersAfter?: string[]
  leftOut?: string[]
  /** Begin of the last look that found the old leader writable, and end of the first after it that found it not so. */
  oldWritableAt?: Date
  oldStoppedAt?: Date | null
  /** Begin of the newest look at each other member that found it read-only. */
  readOnly?: { member: string; at: Date }[]
  /** End of the first look that found the new leader writable. */
  newWritableAt?: Date
  /** Said where no close look found that, but the collector's. */
  newWritableBy?: 'collector'
}

/** A decision as it is taken up, perhaps long after it was made. */
export interface TakenDecision extends Decision {
  /** Why it is not followed: it is no answer to what was asked, or whoever made it may not do so any more; null = it is. */
  refusal: string | null
}

export interface StepContext<P extends Plan = Plan> {
  operation: Pick<Operation, 'id' | 'clusterId' | 'clusterName' | 'requestedBy' | 'requestedAt'> & { plan: P }
  cluster: OperationAccess
  facts: Facts
  /** The steps before, as they ended. */
  ended: Course['ended']
  /** Ends at the step's deadline. */
  signal: AbortSignal
  now: () => Date
  /** Adds a line to the live output of the step. */
  say(line: string): void
  /** Keeps what was found out, in passing. */
  note(facts: Facts): void
  /** Keeps what was found out; resolves when it is stored. */
  remember(facts: Facts): Promise<void>
  /** Resolves only while this run is the one that may act; to be awaited right before each call that changes something. */
  fence(): Promise<void>
  /** Draws the cluster's next epoch for this run; throws FencedError where the run is not the one that may act. */
  renew(): Promise<void>
  /** Reads or changes the console's store in one transaction, which holds the operation for this run; throws FencedError where it is another's. */
  commit<T>(work: (tx: pg.PoolClient) => Promise<T>): Promise<T>
  /** Still allowed to whoever asked for it? Null = yes, else why not. */
  forbidden(): Promise<string | null>
  /** May what it aims at be moved by a decision? Null = yes, else why not. */
  whyNotMoved(): Promise<string | null>
  /** Who has asked to cancel; null = nobody. */
  cancelAskedBy(): Promise<string | null>
  /** Asks a person how to go on and waits for the answer, for days if need be. */
  decide(question: Omit<Question, 'step' | 'askedAt'>): Promise<TakenDecision>
  /** What requests to agents are bound to; another after `renew`. */
  readonly binding: RunBinding
  /** Named points at which a test ends the process. */
  debugPoint(point: string): void
}
