import type { PostgresDetail } from './postgres-detail.ts'
import type { StackView } from './stack-view.ts'

/** The view without what sessions run, for whoever may not read it: each such text is empty. */
export function withoutQueries(stack: StackView): StackView {
  return {
    ...stack,
    members: stack.members.map(({ postgres, ...member }) => ({
      ...member,
      postgres: postgres && { ...postgres, value: postgres.value && silent(postgres.value) },
    })),
  }
}

function silent(detail: PostgresDetail): PostgresDetail {
  return {
    ...detail,
    longSessions: detail.longSessions.map((session) => ({ ...session, query: '' })),
    blocked: detail.blocked.map((session) => ({ ...session, query: '' })),
  }
}
