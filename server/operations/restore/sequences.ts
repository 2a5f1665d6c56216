import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { type Doing, onEachReplica } from './step-names.ts'

/** Up to the question whether what was recovered shall be the cluster. */
export function plannedSequence(plan: RestorePlan): Doing[] {
  return [
    'preflight',
    'archive-works',
    'mask',
    'fence',
    'archive',
    ...(plan.replicas.length > 0 ? ['stop-replicas'] : []),
    'stop-leader',
    'prove-down',
    'clear-dcs',
    ...(plan.wayBack === 'aside' ? ['set-aside'] : []),
    'restore',
    'recover',
    'inspect',
    'decide',
  ]
}

/** What was recovered becomes the cluster. */
export function commitSequence(plan: RestorePlan, given: { clonesFromBackup: boolean }): Doing[] {
  const isEarly = plan.clientsBack === 'writable'
  return [
    'promote',
    'adopt',
    'open',
    // Clients wait for nothing that can be seen to while they work.
    ...(isEarly ? ['release'] : []),
    'archive-proof',
    ...(given.clonesFromBackup ? ['backup'] : []),
    ...onEachReplica('rebuild-replica', plan),
    ...(given.clonesFromBackup ? [] : ['backup']),
    ...(isEarly ? [] : ['release']),
    'verify',
  ]
}

/** Recovery goes elsewhere: on from where it stands, or from a backup once more. */
export function moveSequence({ goesOn }: { goesOn: boolean }): Doing[] {
  return ['halt', goesOn ? 'retarget' : 'restore', 'recover', 'inspect', 'decide']
}

/** True where the node's own data was perhaps restored over, and not set aside. */
export function mayBeOverwritten({ wayBack }: RestorePlan, begun: ReadonlySet<Doing>): boolean {
  return wayBack === 'replica' && begun.has('restore')
}

/** The old cluster comes back: only what was begun is taken back, the last first. */
export function wayBackSequence(plan: RestorePlan, begun: ReadonlySet<Doing>): Doing[] {
  const did = (doing: Doing, back: Doing[]) => (begun.has(doing) ? back : [])
  const isOverwritten = mayBeOverwritten(plan, begun)
  const replicas = did('stop-replicas', onEachReplica('return-replica', plan))
  const lead = isOverwritten ? ['lead-by-replica'] : did('stop-leader', ['return-leader'])
  return [
    ...did('adopt', ['stand-down']),
    ...did('recover', ['halt']),
    ...did('set-aside', ['take-back-data']),
    ...did('clear-dcs', ['restore-dcs']),
    ...lead,
    'release',
    ...replicas,
    ...(isOverwritten ? ['rebuild-node'] : []),
    ...(begun.has('stop-leader') ? [] : ['unmask']),
    ...did('set-aside', ['discard-attempt']),
    'verify-return',
  ]
}
