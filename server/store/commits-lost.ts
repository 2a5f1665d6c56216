import type pg from 'pg'
import { fromJson } from '#domain/json.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { CommitsLost, CommitsLostQuestion } from '#domain/wal/commits-lost.ts'

/** A plan with the newest count of the commits that it gives up, where one was made in the last minutes; nothing is counted for it. */
export async function withCommitsLost(db: Pick<pg.Pool, 'query'>, plan: RestorePlan): Promise<RestorePlan> {
  const { clusterId, target, repository } = plan
  const question: CommitsLostQuestion = { clusterId, target, repository }
  const { rows } = await db.query<{ answer: unknown }>(
    `select answer from inquiry
      where kind = 'wal-count' and input = $1::jsonb and answered_at is not null and problem is null
      order by answered_at desc limit 1`,
    [JSON.stringify(question)],
  )
  const [known] = rows
  if (known === undefined) return plan
  return { ...plan, loss: { ...plan.loss, commits: fromJson<CommitsLost>(known.answer) } }
}
