import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { JobState } from '#agent/protocol/job.ts'
import { jobState } from '#agent/protocol/job.ts'
import type { ExpiryPreview } from '#domain/expiry-preview.ts'
import { planRepository } from '#domain/plan-repository.ts'
import { callVerb, startJob } from '#server/adapters/agent/call-verb.ts'
import { unbound, type CallKey } from '#server/adapters/agent/call.ts'
import { expiryOf } from '#server/adapters/agent/expiry.ts'
import { parseFailure } from '#server/adapters/pgbackrest/parse-error.ts'
import { AppError } from '#server/errors.ts'
import { agentsToCall, type StoredAgent } from '#server/store/agents.ts'
import { readBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { nextEpoch } from '#server/store/workers.ts'

/**
 * What an expiry would remove now, by a dry run of pgBackRest on the node that would do it. Throws AppError `refused` where that cannot be told, with the
 * reason.
 */
export async function previewExpiry(
  { store, key, signal }: { store: Store; key: CallKey; signal: AbortSignal },
  input: unknown,
): Promise<ExpiryPreview> {
  const { clusterId, repository, set } = asked.parse(input)
  const [snapshot, agents, { view }] = await Promise.all([
    latestSnapshot(store, clusterId),
    agentsToCall(store, clusterId),
    readBackups(store, clusterId),
  ])
  if (!snapshot) throw new AppError('refused', 'The console has not looked at this cluster yet. Wait a few seconds.')
  const plan = planRepository({ snapshot, agents, view }, { kind: 'repository-expire', repository, set }, new Date())
  const agent = agents.find(({ node }) => node === plan.node)
  if (plan.blockers.length > 0 || !agent) throw new AppError('refused', plan.blockers.join(' '))
  const job = await dryRun({ store, key, signal, agent }, { stanza: plan.stanza, repository, set })
  const preview = job.state === 'succeeded' ? expiryOf(job.result, repository) : null
  if (preview !== null) return preview
  throw new AppError('refused', whyNot(job, agent.node))
}

const asked = z.object({
  clusterId: z.uuid(),
  repository: z.int().min(1).max(256),
  set: z
    .string()
    .regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/)
    .nullable(),
})

interface Asking {
  store: Store
  key: CallKey
  signal: AbortSignal
  agent: StoredAgent
}

/** A job of its own, which belongs to no operation; it changes nothing, and ends by itself should nobody wait for it any more. */
async function dryRun(
  { store, key, signal, agent }: Asking,
  args: { stanza: string; repository: number; set: string | null },
): Promise<JobState> {
  const operation = randomUUID()
  const epoch = await nextEpoch(store.pool, agent.clusterId)
  const binding = { operation, step: 'preview', epoch, planHash: null }
  const given = { agent, key, signal }
  let job = await startJob({
    ...given,
    verb: 'pgbackrest-expire',
    args: { ...args, isDryRun: true },
    binding,
    now: new Date(),
  })
  while (job.state === 'accepted' || job.state === 'running') {
    await sleep(pollMs, undefined, { signal })
    const state = { operation, step: 'preview', from: 0 }
    job = await callVerb({ ...given, verb: 'job-state', args: state, binding: unbound, now: new Date() }, jobState)
  }
  return job
}

const pollMs = 200

function whyNot({ exitCode, problem, output }: JobState, node: string): string {
  if (exitCode === null || exitCode === 0)
    return `What would go could not be read of what pgBackRest on ${node} said. ${problem ?? ''}`.trimEnd()
  const { sentence, advice } = parseFailure(exitCode, `${output.lines.join('\n')}\n${problem ?? ''}`)
  return `pgBackRest on ${node} could not say what would go. ${sentence} ${advice}`
}
