import type { RepositoryChore } from '#domain/plan/repository-plan.ts'

/** Each chore as its button names it. */
export const choreVerbs = {
  'repository-check': 'Check',
  'repository-verify': 'Verify',
  'repository-expire': 'Expire',
  'stanza-create': 'Set up',
} as const satisfies Record<RepositoryChore, string>
