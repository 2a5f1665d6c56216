import { grantText } from '#domain/people/grant-text.ts'
import { AppError } from '#server/errors.ts'
import { countOtherAdministrators } from '#server/store/grants.ts'
import { notify } from '#server/store/notify.ts'
import { updateUser, type UserRow } from '#server/store/users.ts'
import type { CommandContext } from '../trpc.ts'
import { isAdministrator } from './administrator.ts'
import { needUser } from './need.ts'
import { withdrawWaysIn } from './withdraw.ts'

/** Changes a person's name or whether they may come in; whoever is disabled loses all sessions and tokens at once, and so do all whom they gave a link. */
export async function changeUser(
  { act }: CommandContext,
  { id, ...change }: { id: string; name?: string; disabled?: boolean },
): Promise<UserRow> {
  act.on({ target: id, cluster: null, reason: null, detail: { change } })
  return act.commit(async (tx) => {
    const others = await countOtherAdministrators(tx, id)
    const before = await needUser(tx, id)
    const subject = { target: before.email, cluster: null, reason: null }
    act.on({ ...subject, detail: { before: shown(before), change } })
    if (change.disabled === true && isAdministrator(before) && others === 0) {
      throw new AppError('refused', `${before.email} is the only administrator. Make somebody else one first.`)
    }
    await updateUser(tx, id, change)
    if (change.disabled === true) {
      const withdrawn = await withdrawWaysIn(tx, before, act.actor.name)
      act.on({ ...subject, detail: { before: shown(before), change, ...withdrawn } })
    }
    await notify(tx, { kind: 'users' })
    return needUser(tx, id)
  })
}

function shown({ name, grants, disabledAt }: UserRow) {
  const named = grants.map((grant) => grantText(grant, () => grant.cluster ?? ''))
  return { name, grants: named, disabled: disabledAt !== null }
}
