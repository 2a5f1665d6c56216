import { listNames } from '#domain/words.ts'
import { type RestoreCourse, standingOf } from './standing.ts'

/** What is no longer as it was, node by node, as far as the steps tell it. */
export function whatStands(course: RestoreCourse): string {
  const { plan, facts } = course
  const { begun, phase } = standingOf(course)
  const { fencedNodes = [], keptAside = [], openedAt } = facts.restore ?? {}
  const sentences: string[] = []
  if (fencedNodes.length > 0) sentences.push(`pgBouncer takes no clients on ${listNames(fencedNodes)}.`)
  const masked = maskedNodes(course)
  if (masked.length > 0) sentences.push(`Patroni is stopped and masked on ${listNames(masked)}.`)
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

/** Nodes that Patroni was stopped on and not started since. */
function maskedNodes({ plan, ended }: RestoreCourse): string[] {
  const stopped = new Set<string>()
  const leading = plan.leader
  for (const { name, outcome } of ended) {
    const [act = '', place] = name.split('~')
    const replica = plan.replicas[Number(place) - 1] ?? ''
    if (act === 'stop-replicas') for (const each of plan.replicas) stopped.add(each)
    if (act === 'stop-leader') stopped.add(leading)
    if (act === 'stand-down') stopped.add(plan.node)
    if (outcome.kind !== 'done') continue
    if (act === 'adopt' || act === 'rebuild-node') stopped.delete(plan.node)
    if (act === 'return-leader') stopped.delete(leading)
    if (act === 'rebuild-replica' || act === 'return-replica') stopped.delete(replica)
  }
  return [...stopped].filter((name) => name !== '')
}
