import type { Binding } from '#agent/protocol/signature.ts'
import { type ArgsOf, isVerb, type VerbName, verbs } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { AgentState } from '#agent/state/agent-state.ts'
import { checkLock } from './check-lock.ts'
import { parseBody } from './parse-body.ts'
import { raiseEpoch } from './raise-epoch.ts'

export interface Permitted {
  name: VerbName
  args: ArgsOf<VerbName>
}

/** What an authentic request may make this agent do: fence, verb, arguments, veto and lock, in this order. */
export async function permitVerb(
  { name, body, binding }: { name: string; body: Uint8Array; binding: Binding },
  { state, vetoed }: { state: AgentState; vetoed: readonly string[] },
): Promise<Permitted> {
  const isRead = isVerb(name) && verbs[name].danger === 'read'
  if (!isRead) {
    checkOperation(binding)
    await raiseEpoch(state, binding.epoch)
  }
  if (!isVerb(name)) {
    throw new RefusedError(
      'unknown-verb',
      `${JSON.stringify(name.slice(0, 63))} is no verb of this agent: is it older than the console?`,
    )
  }
  const args = parseBody(verbs[name].args, body, 'bad-arguments')
  if (vetoed.includes(name)) {
    throw new RefusedError(
      'vetoed',
      `The agent.toml of this node forbids ${name}. Whoever owns the node may allow it there.`,
    )
  }
  checkLock(state)
  return { name, args }
}

/** What changes something belongs to a step of an operation; the step's name becomes the name of a file. */
function checkOperation({ operation, step, epoch }: Binding): void {
  const isOperation = operation !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(operation)
  if (!isOperation)
    throw new RefusedError('bad-request', 'A verb that changes something needs the id of its operation.')
  if (step === null || !/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,62}$/.test(step)) {
    throw new RefusedError('bad-request', 'A verb that changes something needs the name of its step.')
  }
  if (epoch < 1) throw new RefusedError('bad-request', 'A verb that changes something needs an epoch above 0.')
}
