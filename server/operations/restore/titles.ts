import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { listNames } from '#domain/words.ts'
import type { RestoreSoFar } from './facts.ts'
import { type Doing, replicaOf } from './step-names.ts'

/** What a step does, as an imperative. */
export function titleOf(doing: Doing, plan: RestorePlan, { aim }: RestoreSoFar = {}): string {
  const { node, leader, repository, set, targetWords } = plan
  const stop = aim?.targetWords ?? targetWords
  const backup = aim?.set ?? set
  const [act] = doing.split('~')
  switch (act) {
    case 'preflight':
      return 'Look at every node again and keep what the way back needs'
    case 'archive-works':
      return `See that what ${leader} writes reaches the archive`
    case 'mask':
      return 'Keep Patroni from being started by anything else'
    case 'fence':
      return 'Shut clients out'
    case 'archive':
      return `Have ${leader} archive all that it has written`
    case 'stop-replicas':
      return `Stop Patroni and Postgres on ${listNames(plan.replicas)}`
    case 'stop-leader':
      return `Stop Patroni and Postgres on ${leader}`
    case 'prove-down':
      return 'Prove that nothing runs and nobody leads'
    case 'clear-dcs':
      return 'Clear what etcd says of the old data'
    case 'set-aside':
      return `Set the old data of ${node} aside`
    case 'restore':
      return `Restore backup ${backup} from repository ${repository} on ${node}`
    case 'recover':
      return `Recover ${node} to ${stop}`
    case 'retarget':
      return `Give the recovery on ${node} its new target, ${stop}`
    case 'inspect':
      return 'Look at what was recovered'
    case 'decide':
      return 'Decide how to go on'
    case 'promote':
      return `Let the recovered Postgres on ${node} take writes`
    case 'adopt':
      return `Start Patroni on ${node} and see it lead`
    case 'open':
      return `Restart Postgres on ${node} under Patroni: the new timeline is published`
    case 'archive-proof':
      return 'See the new timeline in the archive'
    case 'release':
      return 'Let clients back in'
    case 'rebuild-replica':
      return `Build ${replicaOf(doing, plan)} anew from ${node}`
    case 'backup':
      return 'Take a full backup of the new timeline'
    case 'verify':
      return 'Check everything again'
    default:
      return backTitleOf(doing, plan)
  }
}

function backTitleOf(doing: Doing, plan: RestorePlan): string {
  const { node, leader } = plan
  const [act] = doing.split('~')
  switch (act) {
    case 'halt':
      return `Stop the recovered Postgres on ${node}`
    case 'stand-down':
      return `Stop Patroni on ${node} again`
    case 'take-back-data':
      return `Put the old data of ${node} back`
    case 'restore-dcs':
      return 'Put back what etcd said of the old data'
    case 'return-leader':
      return `Start Patroni on ${leader} and see it lead`
    case 'lead-by-replica':
      return 'Start Patroni on the replica that is furthest and see it lead'
    case 'return-replica':
      return `Start Patroni on ${replicaOf(doing, plan)} and see it follow`
    case 'rebuild-node':
      return `Build ${node} anew, whose data was overwritten`
    case 'unmask':
      return 'Let Patroni be started as before'
    case 'discard-attempt':
      return `Delete the recovered data on ${node}`
    case 'verify-return':
      return 'Check that the old cluster is back'
    default:
      throw new Error(`A recovery in place has no step ${doing}.`)
  }
}
