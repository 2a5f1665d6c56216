import type { Role } from '#domain/permission.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { endSessionsOf } from '#server/store/sessions.ts'
import { countOtherAdministrators, updateUser, type UserRow } from '#server/store/users.ts'
import type { CommandContext } from '../trpc.ts'
import { needUser } from './need.ts'

/** Changes a person's name, role or whether they may come in; it counts from their next request on. */
export async function changeUser(
  { act }: CommandContext,
  { id, ...change }: { id: string; name?: string; role?: Role; disabled?: boolean },
): Promise<UserRow> {
  act.on({ target: id, cluster: null, reason: null, detail: { change } })
  return act.commit(async (tx) => {
    const others = await countOtherAdministrators(tx, id)
    const before = await needUser(tx, id)
    act.on({ target: before.email, cluster: null, reason: null, detail: { before: shown(before), change } })
    const isAdministrator = before.role === 'admin' && before.disabledAt === null
    const stays = (change.role ?? 'admin') === 'admin' && change.disabled !== true
    if (isAdministrator && !stays && others === 0) {
      throw new AppError('refused', `${before.email} is the only administrator. Make somebody else one first.`)
    }
    await updateUser(tx, id, change)
    if (change.disabled === true) await endSessionsOf(tx, id, null)
    await notify(tx, { kind: 'users' })
    return needUser(tx, id)
  })
}

function shown({ name, role, disabledAt }: UserRow) {
  return { name, role, disabled: disabledAt !== null }
}
