import type { Tone } from '#components/ui/state-mark.tsx'
import type { NodeAgent } from '#domain/agent/agent.ts'

export interface Progress {
  state: 'waiting' | 'enrolled' | 'over'
  tone: Tone
  sentence: string
  /** What stands in the way, as the worker sees it. */
  detail: string | null
}

/** What has come of an invitation so far. */
export function progressOf(
  made: { id: string; expiresAt: Date; address: string },
  { node, agent, invitation }: NodeAgent,
  now: Date,
): Progress {
  const own = invitation?.id === made.id ? invitation : null
  if (own?.outcome === 'enrolled') {
    const version = agent ? `, version ${agent.version}` : ''
    return { state: 'enrolled', tone: 'ok', sentence: `The agent of ${node} is enrolled${version}.`, detail: null }
  }
  if (own?.outcome === 'cancelled') return over('The invitation was cancelled.')
  // The list may still be that of the moment before.
  if (invitation && own === null && invitation.endedAt === null && invitation.expiresAt > made.expiresAt) {
    return over('A newer invitation has taken its place.')
  }
  if (made.expiresAt <= now) return over('The token has expired unused.', own?.refusal ?? own?.problem ?? null)
  if (own?.refusal) {
    return { state: 'waiting', tone: 'warn', sentence: 'An agent was turned away.', detail: own.refusal }
  }
  const sentence = `The console looks for the agent on ${made.address}.`
  return { state: 'waiting', tone: 'info', sentence, detail: own?.problem ?? null }
}

function over(sentence: string, detail: string | null = null): Progress {
  return { state: 'over', tone: 'warn', sentence, detail }
}
