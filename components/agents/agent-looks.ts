import type { AgentState } from '#domain/agent/agent-words.ts'
import type { Tone } from '#components/ui/state-mark.tsx'

/** How an agent's state is shown, as icon and word. */
export const agentLooks = {
  none: { tone: 'quiet', word: 'none' },
  invited: { tone: 'info', word: 'invited' },
  enrolled: { tone: 'ok', word: 'enrolled' },
  unreachable: { tone: 'bad', word: 'unreachable' },
  stale: { tone: 'unseen', word: 'not seen' },
  locked: { tone: 'down', word: 'locked' },
} as const satisfies Record<AgentState, { tone: Tone; word: string }>
