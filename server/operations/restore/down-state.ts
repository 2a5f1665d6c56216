import { recoveryStatus } from '#agent/protocol/results.ts'
import { type Asking, askNodeOrOlder } from './ask-node.ts'
import { controlOf } from './control.ts'

/** The process of a node's Postgres (null = none runs), and, where none does, what pg_controldata tells of its data; null = it cannot be read. */
export async function downStateOf(
  context: Asking,
  node: string,
): Promise<{ pid: number | null; control: Record<string, string> | null }> {
  const verb = 'postgres-recovery-status'
  const asked = { node, verb, args: { withControl: true }, older: {} } as const
  const { pid, control } = await askNodeOrOlder(context, asked, recoveryStatus)
  if (control !== undefined) return { pid, control }
  return { pid, control: pid === null ? await controlOf(context, node) : null }
}
