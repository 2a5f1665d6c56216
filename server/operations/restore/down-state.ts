import { recoveryStatus } from '#agent/protocol/results.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { type Asking, askNode } from './ask-node.ts'
import { controlOf } from './control.ts'

/** The process of a node's Postgres (null = none runs), and, where none does, what pg_controldata tells of its data; null = it cannot be read. */
export async function downStateOf(
  context: Asking,
  node: string,
): Promise<{ pid: number | null; control: Record<string, string> | null }> {
  const { pid, control } = await statusOf(context, node)
  if (control !== undefined) return { pid, control }
  return { pid, control: pid === null ? await controlOf(context, node) : null }
}

/** In one call; an older agent takes none of what it does not know, and is asked as it was. */
async function statusOf(context: Asking, node: string) {
  const verb = 'postgres-recovery-status'
  try {
    return await askNode(context, { node, verb, args: { withControl: true } }, recoveryStatus)
  } catch (error) {
    if (!(error instanceof AgentRefusal) || error.refusal !== 'bad-arguments') throw error
    return askNode(context, { node, verb, args: {} }, recoveryStatus)
  }
}
