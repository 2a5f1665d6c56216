import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import type { Looked, StackView } from '#domain/stack/stack-view.ts'

/** What the Postgres of one member has told of itself, of this moment or not. */
export interface PostgresTold {
  member: string
  detail: PostgresDetail
  looked: Looked<PostgresDetail>
}

/** All members whose Postgres ever told something. */
export function postgresTold({ members }: StackView): PostgresTold[] {
  return members.flatMap(({ name, postgres }) =>
    postgres?.value ? [{ member: name, detail: postgres.value, looked: postgres }] : [],
  )
}
