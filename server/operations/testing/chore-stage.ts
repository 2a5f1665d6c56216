import type { JobState } from '#agent/protocol/job.ts'
import type { RepositoryPlan, RepositoryWish } from '#domain/plan/repository-plan.ts'
import { planRepository } from '#domain/plan/plan-repository.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { AppError } from '#server/errors.ts'
import type { AgentAccess } from '../agent-access.ts'
import type { Facts } from '../define.ts'
import type { RepositoryContext } from '../repository/context.ts'
import { stageOf } from './step-context.ts'

/** How a job of a verb ends. */
export type ScriptedEnd = Partial<Pick<JobState, 'state' | 'exitCode' | 'result' | 'problem'>> & { lines?: string[] }

/** Where a step of a chore on a repository is tried out: a healthy cluster, and an agent whose jobs end as the test says. */
export async function choreStage(given: {
  wish: Partial<RepositoryWish>
  /** By verb; `pgbackrest-expire` has `dry` for a dry run. */
  ends?: Record<string, ScriptedEnd>
  /** What `pgbackrest info` prints, in turn; the last one again. */
  infos?: string[]
  facts?: Facts
}) {
  const asked: RepositoryWish = { kind: 'repository-check', repository: 1, set: null, ...given.wish }
  const stage = stageOf({
    wish: { kind: 'switchover', candidate: null, scheduledAt: null },
    world: () => healthyWorld(new Date()),
    ...(given.facts && { facts: given.facts }),
  })
  const { context: base, facts, lines } = stage
  const snapshot = await base.cluster.snapshot()
  if (!snapshot) throw new Error('There is no snapshot.')
  const now = new Date()
  const sight = { node: 'pg-node-3', state: 'enrolled', lockedReason: null, problem: null, vetoed: [] } as const
  const agents = [{ ...sight, seenAt: now, stanza: 'main' }]
  const plan: RepositoryPlan = planRepository({ snapshot, agents, view: null }, asked, now)
  const begun: string[] = []
  const infos = [...(given.infos ?? [])]
  const jobs = new Map<string, JobState>()
  const access: AgentAccess = {
    node: 'pg-node-3',
    ask(verb, args, binding) {
      if (verb === 'pgbackrest-info') {
        const stdout = infos.length > 1 ? infos.shift() : infos[0]
        return Promise.resolve({ exitCode: 0, stdout: stdout ?? '[]', stderr: '', isCut: false })
      }
      if (verb === 'job-state') {
        const job = jobs.get('step' in args ? String(args.step) : '')
        return job ? Promise.resolve(job) : Promise.reject(new AppError('not-found', 'There is no such job.'))
      }
      const name = 'isDryRun' in args && args.isDryRun ? 'dry' : verb
      const { step = '', operation = '' } = binding ?? {}
      if (!jobs.has(step)) begun.push(name)
      jobs.set(step, jobs.get(step) ?? jobEnded({ verb, step, operation }, given.ends?.[name] ?? {}))
      return Promise.resolve(jobs.get(step))
    },
  }
  /** The context of a step by its name. */
  const at = (step: string): RepositoryContext => ({
    ...base,
    facts,
    operation: { ...base.operation, plan },
    cluster: { ...base.cluster, agent: (node) => (node === 'pg-node-3' ? access : null) },
    binding: { ...base.binding, step },
  })
  return { at, plan, facts, lines, begun }
}

function jobEnded(
  named: { verb: string; step: string; operation: string },
  { lines = [], ...end }: ScriptedEnd,
): JobState {
  const at = new Date().toISOString()
  return {
    ...named,
    state: 'succeeded',
    startedAt: at,
    endedAt: at,
    exitCode: 0,
    signal: null,
    result: null,
    problem: null,
    output: { from: 0, lines, total: lines.length },
    ...end,
  }
}
