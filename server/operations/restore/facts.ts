import type { Decision } from '#domain/operation/question.ts'
import type { RecoveryAttempt, RestoreResult } from '#domain/recovery/restore-result.ts'
import type { StepContext } from '../define.ts'
import type { Aim, ArchivedTo } from './aim.ts'

/** What the steps of a recovery in place have found out so far. */
export interface RestoreFacts {
  /** How all was before anything was touched; told once. */
  restoreBefore?: RestoreBefore
  restore?: RestoreSoFar
}

/** What the way back and the comparison at the end need. */
export interface RestoreBefore {
  /** Of `initialize`: only keys that belong to it are cleared. */
  systemIdentifier: string
  /** Patroni's keys of this life, as they were. */
  keys: { name: string; value: string }[]
  /** The dynamic configuration as `GET /config` gave it. */
  config: string
  ttlSeconds: number
  /** Its folder in the archive, e.g. `15-1`. */
  archiveId: string
  members: MemberBefore[]
  /** Nodes that have a pooler. */
  poolers: string[]
  /** That their poolers listed, by name; absent from a recovery begun by an older console. */
  databases?: string[]
  /** True where a replica would be built from a backup: then one of the new timeline must be there first. */
  clonesFromBackup: boolean
  /** True where the node's agent can be told what the recovery needs at least. */
  takesLeast?: boolean
}

export interface MemberBefore {
  name: string
  /** Where its Patroni is asked. */
  url: string
  port: number
}

/** What was done and seen, each part replaced as a whole. */
export interface RestoreSoFar {
  /** Before the first thing was changed. */
  touchedAt?: Date
  /** Before clients were shut out, which is where the outage begins. */
  fencedAt?: Date
  archivedTo?: ArchivedTo
  /** Nodes whose pooler is closed. */
  fencedNodes?: string[]
  /** Databases that were closed at a pooler, by name. */
  closed?: string[]
  /** Where recovery stops, if no longer where the plan says. */
  aim?: Aim
  /** By the step that looked. */
  attempts?: Record<string, RecoveryAttempt>
  /** True where recovery ended by itself and Postgres takes writes. */
  isPromoted?: boolean
  /** By the step that asked. */
  decisions?: Record<string, Decided>
  /** The timeline that the recovered data lives on. */
  newTimeline?: number
  /** How the node's own data stood before it was restored over, where that is what is done. */
  controlBefore?: Record<string, string>
  /** Nodes whose old data was deleted so that Patroni builds them anew: what is there since is not deleted again. */
  givenUp?: string[]
  /** When the postmaster of before the restart that publishes it was started, kept before that is asked for. */
  postmasterBefore?: { startedAt: Date | null } | undefined
  /** True from right before that restart is asked for: from here on there is no cheap way back. */
  isPublished?: boolean
  openedAt?: Date
  writableAt?: Date
  archivedWal?: string
  newBackup?: string
  keptAside?: { node: string; name: string }[]
  /**
   * Nodes that a step did not come to its end with, so that it is asked whether to go on without them: on the way back those that did not say how far
   * they have come, once the new timeline is published those that are not built anew or not opened to clients.
   */
  unheard?: string[]
  /** Those that a person has decided to go on without. */
  passedOver?: string[]
  /** Those of them that did not answer to the end, where Patroni was not started, and those that were not built anew. */
  leftOut?: string[]
  /** Nodes that Patroni was started on again. */
  startedOn?: string[]
  /** Who leads after everything was taken back. */
  returnedTo?: string
  /** True once the old cluster is seen to be back. */
  isReturned?: boolean
  /** Who called it off, where that was no decision. */
  abandonedWhy?: string
  /** By step, in order. */
  times?: Record<string, { title: string; beganAt: Date; endedAt: Date | null }>
  members?: RestoreResult['members']
  timelineAfter?: number | null
}

/** A decision, with what it means for the steps that follow. */
export interface Decided extends Decision {
  /** For `move`: recovery goes on from where it stands, instead of from a backup. */
  goesOn: boolean
}

/** Keeps what was found out, in passing. */
export function noteRestore({ note, facts }: Pick<StepContext, 'note' | 'facts'>, found: RestoreSoFar): void {
  note({ restore: { ...facts.restore, ...found } })
}
