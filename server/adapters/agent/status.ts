import type { z } from 'zod'
import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import { paths } from '#agent/protocol/paths.ts'
import { foreignToken, statusAnswer } from '#agent/protocol/status.ts'
import { callAgent, unbound, type CallKey, type KnownAgent } from './call.ts'

export type AgentStatus = z.output<typeof statusAnswer>

/** True for a token of another console that was given to the agent on its own node, not a request of this one. */
export function isForeignToken({ code }: AgentStatus['refusals'][number]): boolean {
  return code === foreignToken
}

/** Asks an agent how it is; the counter is the one it drew last. */
export function askStatus(given: {
  agent: KnownAgent
  key: CallKey
  counter: number
  /** For the agent to keep; only where it has told that it does. */
  checkpoint?: Checkpoint | undefined
  now: Date
  timeoutMs: number
  signal?: AbortSignal | undefined
}): Promise<AgentStatus> {
  const { counter, checkpoint, ...call } = given
  const body = { counter, ...(checkpoint && { checkpoint }) }
  return callAgent({ ...call, path: paths.status, body, binding: unbound, answer: statusAnswer })
}
