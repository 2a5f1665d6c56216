import type { RepositoryPlan } from '#domain/plan/repository-plan.ts'
import type { StepContext } from '../define.ts'

/** What a step of a chore on a repository is given. */
export type RepositoryContext = StepContext<RepositoryPlan>
