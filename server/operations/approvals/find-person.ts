import type { Queryable } from '#server/store/queryable.ts'
import { type Actor, findActor } from '../request/actor.ts'

/** A person by id, named as the audit log names people. */
export async function findPerson(on: Queryable, id: string): Promise<Actor> {
  const { rows } = await on.query<{ email: string }>('select email from app_user where id::text = $1', [id])
  return findActor({ pool: on }, { id, name: rows[0]?.email ?? 'Somebody' })
}
