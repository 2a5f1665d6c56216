import { AppError } from '#server/errors.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { findUser, type UserRow } from '#server/store/users.ts'

/** The person with this id; throws AppError `not-found`. */
export async function needUser(on: Queryable, id: string): Promise<UserRow> {
  const user = await findUser(on, id)
  if (!user) throw new AppError('not-found', 'There is no such person. Somebody may have removed them.')
  return user
}
