import type { ClusterEvent } from '#domain/event.ts'
import { clean } from '#server/adapters/clean-text.ts'
import { isForeignToken, type AgentStatus } from '#server/adapters/agent/status.ts'
import type { StoredAgent } from '#server/store/agents.ts'

type Refusal = AgentStatus['refusals'][number]

/**
 * Events for what an agent has refused since that was told last, one a code, and up to when they are told now. All
 * times are by the node's clock, `nodeNow` too: what lies after it is from before that clock was set back.
 */
export function toldRefusals(
  agent: Pick<StoredAgent, 'node' | 'refusalsToldAt'>,
  refusals: readonly Refusal[],
  nodeNow: Date,
): { events: ClusterEvent[]; toldAt: Date | null } {
  const stored = agent.refusalsToldAt
  // Else a clock that was ahead for a while would silence all that is refused until it comes there again.
  const told = stored !== null && stored > nodeNow ? nodeNow : stored
  const isNews = ({ at }: Refusal) => new Date(at) <= nodeNow && (told === null || new Date(at) > told)
  // Not found is what the console itself hears where it looks for agents that wait and finds none waiting.
  const news = refusals.filter((refusal) => refusal.code !== 'not-found' && isNews(refusal))
  const byCode = new Map<string, Refusal[]>()
  for (const refusal of news) byCode.set(refusal.code, [...(byCode.get(refusal.code) ?? []), refusal])
  const events = [...byCode.values()].map((group) => eventOf(agent.node, group))
  const times = news.map(({ at }) => new Date(at).getTime())
  return { events, toldAt: times.length === 0 ? told : new Date(Math.max(...times)) }
}

function eventOf(node: string, group: readonly Refusal[]): ClusterEvent {
  const newest = group.at(-1)
  const sentence = clean(newest?.sentence ?? '').slice(0, 1_000)
  if (newest && isForeignToken(newest)) {
    const often = group.length === 1 ? 'a token' : `${group.length} tokens`
    return {
      ...common(node, newest),
      kind: 'agent-turned-away',
      sentence: `Somebody on ${node} tried to enrol its agent with ${often} of another console; the agent refused and obeys this one.`,
    }
  }
  const what = group.length === 1 ? 'a request' : `${group.length} requests, the last one so`
  return {
    ...common(node, newest),
    kind: 'agent-refused-request',
    sentence: `The agent of ${node} refused ${what}: ${sentence}`,
  }
}

function common(node: string, newest: Refusal | undefined) {
  return {
    at: new Date(newest?.at ?? 0),
    member: node,
    severity: 'warning' as const,
    from: null,
    to: clean(newest?.code ?? '').slice(0, 60),
    sources: [`agent ${node}`],
  }
}
