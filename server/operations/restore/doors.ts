import { clientsState } from '#agent/protocol/results.ts'
import { AppError } from '#server/errors.ts'
import { listNames } from '#domain/words.ts'
import { type JobEnd, runJob } from '../agent-job.ts'
import { askNode } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { jobOn } from './stop.ts'

/** Closes a node's pooler to clients, and notes by which names. */
export async function close(context: RestoreContext, node: string): Promise<JobEnd> {
  const end = await runJob(context, jobOn(context, node, 'clients-fence'))
  const pooler = end.kind === 'succeeded' ? clientsState.safeParse(end.job.result).data?.pooler : null
  const names = pooler?.databases.map(({ name }) => name) ?? []
  noteRestore(context, { closed: [...new Set([...(context.facts.restore?.closed ?? []), ...names])] })
  return end
}

/**
 * Opens a node's pooler again, by all names that were closed: pgBouncer keeps a database of a `*` entry closed, and lists it only
 * while some client is at it, so that what is listed now may not be when the job looks.
 */
export async function reopen(context: RestoreContext, node: string): Promise<JobEnd> {
  const wish = jobOn(context, node, 'clients-release')
  const { closed = [] } = context.facts.restore ?? {}
  const { databases: before = [] } = context.facts.restoreBefore ?? {}
  const databases = [...new Set([...before, ...closed])]
  if (databases.length > 0) {
    const end = await runJob(context, { ...wish, args: { databases }, part: `${wish.part ?? ''}-named` })
    if (end.kind === 'succeeded') return end
    const hidden = await hiddenOn(context, node, databases)
    if (hidden.length > 0)
      context.say(`${listNames(hidden)} may still be closed to clients at the pgBouncer of ${node}: ${end.detail}`)
  }
  return runJob(context, wish)
}

/** Those of the names that this node does not list now. */
async function hiddenOn(context: RestoreContext, node: string, names: readonly string[]): Promise<string[]> {
  const asked = { node, verb: 'clients-state', args: {} } as const
  const seen = await askNode(context, asked, clientsState, patienceMs).catch((error: unknown) => {
    // The job that follows tells of an agent that does not answer.
    if (error instanceof AppError && error.code !== 'internal') return null
    throw error
  })
  const listed = seen?.pooler?.databases.map(({ name }) => name)
  return listed === undefined ? [] : names.filter((name) => !listed.includes(name))
}

const patienceMs = 5_000
