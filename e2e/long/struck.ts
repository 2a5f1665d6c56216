import type { Where } from './node-of.ts'

/*
 * In which steps of a recovery in place a worker is killed, and an agent. A check beside the tools holds these lists against
 * the sequences: a step that is in none of them is named below, with the reason.
 */

/** Up to the question, and then to its end. */
export const forward = [
  'preflight archive-works mask fence archive stop-replicas stop-leader prove-down clear-dcs set-aside restore recover',
  'inspect decide promote adopt open release archive-proof rebuild-replica~1 rebuild-replica~2 backup verify',
].flatMap((line) => line.split(' '))

/** Abandoned at its question. */
export const back = [
  'halt take-back-data restore-dcs return-leader release return-replica~1 return-replica~2 discard-attempt',
  'verify-return',
].flatMap((line) => line.split(' '))

/** Moved to another moment at its question. */
export const onward = ['halt', 'retarget', 'recover~2']
export const anew = ['restore~2', 'recover~2']

/** Cancelled before the recovered Postgres is there, and after it leads. */
export const cancelledEarly = ['unmask']
export const cancelledLate = ['stand-down']

/** Without room for two copies: a replica's old data is deleted before it is built anew, and on the way back the node's own. */
export const crampedForward = ['rebuild-replica~1']
export const crampedBack = ['lead-by-replica', 'rebuild-node']

/** Steps in which an agent does something, and whose: the node's, or a replica's by its place in the plan. */
type AgentStep = [step: string, on: Where]

export const agentForward: AgentStep[] = [
  ['archive-works', 'node'],
  ['mask', 1],
  ['fence', 'node'],
  ['archive', 'node'],
  ['stop-replicas', 0],
  ['stop-leader', 'node'],
  ['prove-down', 1],
  ['set-aside', 'node'],
  ['restore', 'node'],
  ['recover', 'node'],
  ['inspect', 'node'],
  ['promote', 'node'],
  ['adopt', 'node'],
  ['open', 'node'],
  ['archive-proof', 'node'],
  ['release', 'node'],
  ['rebuild-replica~1', 0],
  ['rebuild-replica~2', 1],
  ['backup', 'node'],
  ['verify', 'node'],
]

export const agentBack: AgentStep[] = [
  ['halt', 'node'],
  ['take-back-data', 'node'],
  ['return-leader', 'node'],
  ['release', 'node'],
  ['return-replica~1', 0],
  ['return-replica~2', 1],
  ['discard-attempt', 'node'],
  ['verify-return', 'node'],
]

export const agentOnward: AgentStep[] = [['retarget', 'node']]
export const agentCrampedForward: AgentStep[] = [['rebuild-replica~1', 0]]
export const agentCrampedBack: AgentStep[] = [
  ['lead-by-replica', 0],
  ['rebuild-node', 'node'],
]

/** Steps in which no agent is killed, and why not. */
export const noAgentKilled: Readonly<Record<string, string>> = {
  preflight: 'It has a case of its own: it may end there, with nothing touched.',
  'clear-dcs': 'It asks etcd alone.',
  'restore-dcs': 'It asks etcd alone.',
  decide: 'It waits for a person.',
  unmask: 'Only a wish to cancel leads there, and its one job is that of mask, in which an agent is killed.',
  'stand-down':
    'Only a wish to cancel leads there, and its jobs are those of stop-leader, in which an agent is killed.',
}
