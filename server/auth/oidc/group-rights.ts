import type { GroupRight } from '#domain/people/oidc/group-mapping.ts'
import { personGrants } from '#server/store/grants.ts'
import { deleteGroupGrants, deleteGroupMapping, takeGroupGrant } from '#server/store/group-mappings.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { endSessionsOf } from '#server/store/sessions.ts'

/** False for who came by the provider and holds no right any more, by groups or by hand. */
export async function canEnter(tx: Queryable, userId: string): Promise<boolean> {
  const { rows } = await tx.query<{ canEnter: boolean }>(
    `select not exists (select from identity i where i.user_id = $1 and i.linked_by is null)
         or exists (select from ${personGrants} g where g.user_id = $1) as "canEnter"`,
    [userId],
  )
  return rows[0]?.canEnter === true
}

/** Removes a mapping, and at once what people had by it; who came by the provider and is left without any right has no session either. */
export async function withdrawMapping(tx: Queryable, mapping: GroupRight & { id: string }): Promise<void> {
  await deleteGroupMapping(tx, mapping.id)
  for (const userId of await takeGroupGrant(tx, mapping)) {
    if (!(await canEnter(tx, userId))) await endSessionsOf(tx, userId, null)
  }
}

/** Takes from a person all that their groups gave; who came by the provider and is left without any right has no session any more. */
export async function forgetGroupRights(tx: Queryable, userId: string): Promise<void> {
  await deleteGroupGrants(tx, userId)
  if (!(await canEnter(tx, userId))) await endSessionsOf(tx, userId, null)
}
