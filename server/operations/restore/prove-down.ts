import { facts } from '#agent/protocol/results.ts'
import { listNames } from '#domain/words.ts'
import { LookError } from '#server/adapters/look-error.ts'
import type { StepOutcome } from '../define.ts'
import { type Ahead, aheadOf, type Reached } from './ahead.ts'
import { askNodeOrOlder } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { reachedBy } from './control.ts'
import { downStateOf } from './down-state.ts'
import { statusOf } from './members.ts'
import { type Look, untilFound } from './until.ts'

/** Proves that no Patroni and no Postgres runs on any node and that nobody leads: two of them at once would tear the data apart. */
export async function proveDown(context: RestoreContext): Promise<StepOutcome> {
  const { node, leader, replicas } = context.operation.plan
  const names = [node, ...replicas]
  const down = await untilFound(context, { what: 'nothing runs on any node', withinMs: 60_000 }, async () =>
    allDown(await Promise.all(names.map((name) => lookAtNode(context, name)))),
  )
  if ('kind' in down) return down
  const ahead = aheadOf(leader, down.found)
  if (ahead !== null) return { kind: 'failed', detail: leadMoved(ahead, leader) }
  const ttlMs = (context.facts.restoreBefore?.ttlSeconds ?? 30) * 1000
  const unled = await untilFound(context, { what: 'nobody leads by etcd', withinMs: ttlMs + 15_000 }, () =>
    lookAtKeys(context, new Set(names)),
  )
  if ('kind' in unled) return unled
  return { kind: 'done', detail: `No Patroni and no Postgres runs on ${listNames(names)}, and nobody leads.` }
}

function leadMoved({ node, timeline, leaderTimeline }: Ahead, leader: string): string {
  return `${node} has data of timeline ${timeline}, ${leader} only of timeline ${leaderTimeline}: the lead moved in between. Bring the old cluster back, which ${node} then leads with all that was written since, and plan the recovery anew.`
}

function allDown(looks: Look<Reached>[]): Look<Reached[]> {
  const found = looks.flatMap((seen) => ('found' in seen ? [seen.found] : []))
  return looks.find((seen) => 'not' in seen) ?? { found }
}

/** Patroni first: once it is down, nobody starts the Postgres again that is then seen to be down, and how far that has come stays so. */
async function lookAtNode(context: RestoreContext, node: string): Promise<Look<Reached>> {
  const patroni = await lookAtPatroni(context, node)
  if ('not' in patroni) return patroni
  const { pid, control } = await downStateOf(context, node)
  if (pid !== null) return { not: `Postgres runs on ${node} as process ${pid}.` }
  return { found: { name: node, ...reachedBy(control ?? {}) } }
}

async function lookAtPatroni(context: RestoreContext, node: string): Promise<Look<true>> {
  if (await isPatroniRefused(context, node)) return { found: true }
  const seen = await askNodeOrOlder(context, { node, verb: 'facts', args: { withoutVersions: true }, older: {} }, facts)
  const { service } = seen.patroni
  if (service === null)
    return { not: `Whether Patroni runs on ${node} cannot be told there: ${seen.problems.join(' ')}` }
  // As systemctl has it: 0 is active, anything else is not.
  return service.exitCode === 0 ? { not: `Patroni still runs on ${node} (${service.text.trim()}).` } : { found: true }
}

/** A Patroni that runs listens; where the console cannot tell from afar, the node's own service manager is asked, which takes longer. */
async function isPatroniRefused(context: RestoreContext, node: string): Promise<boolean> {
  try {
    await statusOf(context, node)
    return false
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    return error.kind === 'refused'
  }
}

/** Keys of members that are proven to be down outlive them for a while and prove nothing; those of others do. */
async function lookAtKeys({ cluster, signal }: RestoreContext, down: ReadonlySet<string>): Promise<Look<true>> {
  if (cluster.dcs === null) return { not: 'The console reaches no etcd.' }
  const keys = await cluster.dcs.list(signal)
  const leader = keys.find(({ name }) => name === 'leader')
  if (leader) return { not: `${leader.value} still holds the leader key.` }
  const strangers = keys
    .flatMap(({ name }) => /^members\/(.+)$/.exec(name)?.[1] ?? [])
    .filter((name) => !down.has(name))
  if (strangers.length === 0) return { found: true }
  return {
    not: `${listNames(strangers)} runs as well, and is none of the members this recovery was planned with: stop its Patroni.`,
  }
}
