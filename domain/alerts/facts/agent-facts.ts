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
  const isHeard = problem === null && silence !== null && silence <= heardSeconds
  const roomAge = secondsSince(nodeSeenAt, now)
  return {
    agentAnswers: isHeard || (problem === null && silence === null ? null : false),
    isAgentLocked: state === 'locked',
    clockSkewSeconds: isHeard && clockSkewMs !== null ? clockSkewMs / 1000 : null,
    dataFreeBytes: roomAge !== null && roomAge <= roomHoldsSeconds ? dataFreeBytes : null,
    dataFullSeconds: fullInSeconds(trail, member, now),
  }
}

/** Agents are asked every 30 s, and the room on their nodes every minute at least. */
const heardSeconds = 75
const roomHoldsSeconds = 300

const nothing = {
  agentAnswers: null,
  isAgentLocked: null,
  clockSkewSeconds: null,
  dataFreeBytes: null,
  dataFullSeconds: null,
} as const
