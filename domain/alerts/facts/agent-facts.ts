import { agentHeardMs } from '#domain/agent/agent-silence.ts'
import type { Facts } from './names.ts'
import { type FactSources, secondsSince } from './sources.ts'
import { fullInSeconds } from './trail.ts'

type Names = 'agentAnswers' | 'isAgentLocked' | 'clockSkewSeconds' | 'dataFreeBytes' | 'dataFullSeconds'

/** What is known of a member's node through its agent; nothing without one. */
export function agentFacts(member: string, { agents, trail, now }: FactSources): Pick<Facts<'member'>, Names> {
  const agent = agents.find(({ node }) => node === member)
  if (!agent) return nothing
  const { state, seenAt, problem, clockSkewMs, dataFreeBytes, nodeSeenAt } = agent
  const silence = secondsSince(seenAt, now)
  const isHeard = problem === null && silence !== null && silence * 1000 <= agentHeardMs
  const roomAge = secondsSince(nodeSeenAt, now)
  return {
    agentAnswers: isHeard || (problem === null && silence === null ? null : false),
    isAgentLocked: state === 'locked',
    clockSkewSeconds: isHeard && clockSkewMs !== null ? clockSkewMs / 1000 : null,
    dataFreeBytes: roomAge !== null && roomAge <= roomHoldsSeconds ? dataFreeBytes : null,
    dataFullSeconds: fullInSeconds(trail, member, now),
  }
}

/** The room on nodes is told every minute at least. */
const roomHoldsSeconds = 300

const nothing = {
  agentAnswers: null,
  isAgentLocked: null,
  clockSkewSeconds: null,
  dataFreeBytes: null,
  dataFullSeconds: null,
} as const
