import { clientsState } from '#agent/protocol/results.ts'
import { AppError } from '#server/errors.ts'
import { listNames } from '#domain/words.ts'
import { isDoubtful, type JobEnd, runJob } from '../agent-job.ts'
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
    // Nobody there to ask is not asked once more.
    if (hidden === null) return end
    if (hidden.length > 0)
      context.say(`${listNames(hidden)} may still be closed to clients at the pgBouncer of ${node}: ${end.detail}`)
  }
  return runJob(context, wish)
}

/** Those of the names that this node does not list now; null where its agent does not answer. */
async function hiddenOn(context: RestoreContext, node: string, names: readonly string[]): Promise<string[] | null> {
  const asked = { node, verb: 'clients-state', args: {} } as const
  try {
    const { pooler } = await askNode(context, asked, clientsState, patienceMs)
    const listed = pooler?.databases.map(({ name }) => name) ?? names
    return names.filter((name) => !listed.includes(name))
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return isDoubtful(error) ? null : []
  }
}

const patienceMs = 5_000
