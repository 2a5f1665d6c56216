import { type Binding, isSignedBy, parseTiming, type Timing } from '#agent/protocol/signature.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { AgentState, Enrolled } from '#agent/state/agent-state.ts'
import { checkClock } from './check-clock.ts'
import { field, readBinding } from './read-binding.ts'
import type { RequestToJudge } from './request-to-judge.ts'

/** Proves that the pinned console signed this request for this agent, now and for the first time. */
export async function authenticate(
  request: RequestToJudge,
  { state, agentId, nowSeconds }: { state: AgentState; agentId: string; nowSeconds: number },
): Promise<Binding> {
  const { binding, timing } = signed(request, state.enrolled)
  if (binding.audience !== agentId) {
    throw new RefusedError('wrong-audience', `The request is meant for another agent than ${agentId}: address it anew.`)
  }
  checkClock(timing, nowSeconds)
  await takeNonce(timing, state, nowSeconds)
  return binding
}

/** True when the request at least names the pinned key: all others are refused before their body is read. */
export function namesPinnedKey(headers: RequestToJudge['headers'], enrolled: Enrolled | null): boolean {
  const input = field(headers, 'signature-input')
  return enrolled !== null && input !== null && input.includes(`;keyid="${enrolled.workerKeyId}";`)
}

/** What anyone is told whose request the console did not sign: the same, whatever is wrong with it. */
export function notSigned(enrolled: Enrolled | null): RefusedError {
  if (!enrolled) {
    return new RefusedError('not-enrolled', 'This agent is not enrolled. Run matriarch-agent enroll on its node.')
  }
  return new RefusedError('bad-signature', 'The console that this agent is enrolled with did not sign this request.')
}

function signed(request: RequestToJudge, enrolled: Enrolled | null): { binding: Binding; timing: Timing } {
  if (!enrolled || !namesPinnedKey(request.headers, enrolled)) throw notSigned(enrolled)
  const { path, headers, body } = request
  const timing = parseTiming(field(headers, 'signature-input') ?? '')
  const binding = readBinding(headers)
  if (!timing || !binding || timing.keyId !== enrolled.workerKeyId) throw notSigned(enrolled)
  const given = Object.fromEntries(Object.keys(headers).map((name) => [name, field(headers, name) ?? '']))
  if (!isSignedBy({ method: 'POST', path, body, binding, timing }, given, enrolled.workerKey)) throw notSigned(enrolled)
  return { binding, timing }
}

async function takeNonce({ nonce, expires }: Timing, { nonces }: AgentState, nowSeconds: number): Promise<void> {
  if (nonces.has(nonce)) throw new RefusedError('replayed', 'This request was taken once already. Sign a new one.')
  if (nonces.isFull(nowSeconds))
    throw new RefusedError('busy', 'Too many requests came within minutes. Ask again in a minute.')
  try {
    await nonces.add(nonce, { expires, nowSeconds })
  } catch (error) {
    throw new RefusedError('failed', 'The agent cannot write to its state folder. Look for a full disk on its node.', {
      cause: error,
    })
  }
}
