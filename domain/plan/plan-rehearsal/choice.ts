import { agentFault, agentOf, type AgentTask } from '#domain/agent/agent-fault.ts'
import { choiceInView } from '#domain/recovery/choice-in-view.ts'
import { lastSegmentWarning } from '#domain/recovery/choose-for-time.ts'
import type { RehearsalCase, RehearsalPlanning } from './planning.ts'

/** The backup for a rehearsal: from what is archived, or, where only that yields what is asked for, after the leader has archived the rest. */
export function rehearsalChoice(
  given: RehearsalCase,
): Pick<RehearsalPlanning, 'choice' | 'archivesFirst' | 'archiveFault'> {
  const { snapshot, backups, agents, wish, now } = given
  const asIs = { archivesFirst: false, archiveFault: null }
  if (backups === null) return { choice: null, ...asIs }
  const { target, repository } = wish
  const choose = (archivesFirst: boolean) => choiceInView({ snapshot, backups, target, repository, archivesFirst, now })
  const choice = choose(false)
  // A commit after the moment must be there, or the recovery ends in failure.
  const isSure = (one: typeof choice) => one.kind === 'chosen' && !one.warnings.includes(lastSegmentWarning)
  if (isSure(choice)) return { choice, ...asIs }
  const later = choose(true)
  if (!isSure(later)) return { choice, ...asIs }
  const leader = snapshot.leader?.name ?? ''
  const archiveFault = agentFault(leader, agentOf(agents, leader), now, archiving)
  if (archiveFault !== null) return { choice, archivesFirst: false, archiveFault }
  return { choice: later, archivesFirst: true, archiveFault: null }
}

const archiving: AgentTask = {
  need: 'have the leader archive what it has not archived yet',
  name: 'what has a leader archive its WAL',
  vetoes: new Set(['postgres', 'postgres-mark-wal']),
}
