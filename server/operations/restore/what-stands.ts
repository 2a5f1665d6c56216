import { listNames } from '#domain/words.ts'
import { type RestoreCourse, standingOf, wasBegun } from './standing.ts'
import { doingOf, replicaOf } from './step-names.ts'

/** What is no longer as it was, node by node, as far as the steps tell it. */
export function whatStands(course: RestoreCourse): string {
  const { plan, facts, ended } = course
  const { begun, phase } = standingOf(course)
  const { fencedNodes = [], keptAside = [], openedAt } = facts.restore ?? {}
  const sentences: string[] = []
  if (fencedNodes.length > 0) {
    const isShut = ended.some(({ name, outcome }) => doingOf(name) === 'fence' && outcome.kind === 'done')
    sentences.push(`pgBouncer ${isShut ? 'takes' : 'may take'} no clients on ${listNames(fencedNodes)}.`)
  }
  sentences.push(...patroniSentences(course))
  if (begun.has('clear-dcs') && !begun.has('adopt') && phase !== 'back') {
    sentences.push('etcd keeps the configuration and the system identifier of the cluster and nothing else.')
  }
  for (const { node, name } of keptAside) sentences.push(`The old data of ${node} is kept beside as ${name}.`)
  if (begun.has('recover') && !begun.has('adopt') && phase === 'forward') {
    sentences.push(`A recovered Postgres may run on ${plan.node}, for that machine alone.`)
  }
  if (openedAt !== undefined)
    sentences.push(`${plan.node} leads with the recovered data, and its timeline is in the archive.`)
  return sentences.length === 0 ? 'Nothing is changed.' : sentences.join(' ')
}

/** Nodes that Patroni was stopped on and not started since, and those where it runs but is masked. */
function patroniSentences({ plan, facts, ended }: RestoreCourse): string[] {
  const masked = new Set<string>()
  const stopped = new Set<string>()
  const all = [plan.node, ...plan.replicas]
  for (const step of ended) {
    const { name, outcome } = step
    const doing = doingOf(name)
    if (!wasBegun(step, facts)) continue
    if (doing === 'mask') for (const each of all) masked.add(each)
    if (doing === 'stop-replicas') for (const each of plan.replicas) stopped.add(each)
    if (doing === 'stop-leader') stopped.add(plan.leader)
    if (doing === 'stand-down') for (const set of [masked, stopped]) set.add(plan.node)
    if (outcome.kind !== 'done') {
      // It may have come to that, and not to its end.
      const ofReplica = doing.startsWith('rebuild-replica') || doing.startsWith('return-replica')
      const replica = ofReplica ? replicaOf(doing, plan) : ''
      if (facts.restore?.startedOn?.includes(replica)) for (const set of [masked, stopped]) set.delete(replica)
      continue
    }
    for (const each of startedBy(doing, plan, facts.restore?.returnedTo)) {
      if (facts.restore?.leftOut?.includes(each)) continue
      masked.delete(each)
      stopped.delete(each)
    }
    if (doing === 'unmask') masked.clear()
  }
  const running = [...masked].filter((name) => !stopped.has(name))
  return [
    ...(stopped.size > 0 ? [`Patroni is stopped and masked on ${listNames([...stopped])}.`] : []),
    ...(running.length > 0 ? [`Patroni runs and is masked on ${listNames(running)}.`] : []),
  ]
}

/** The nodes that a step has unmasked and started Patroni on once it is done. */
function startedBy(doing: string, plan: RestoreCourse['plan'], returnedTo: string | undefined): string[] {
  switch (doing.split('~')[0]) {
    case 'adopt':
    case 'rebuild-node':
      return [plan.node]
    case 'return-leader':
      return [plan.leader, returnedTo ?? plan.leader]
    case 'lead-by-replica':
      return returnedTo === undefined ? [] : [returnedTo]
    case 'rebuild-replica':
    case 'return-replica':
      return [replicaOf(doing, plan)]
    default:
      return []
  }
}
