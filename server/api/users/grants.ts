import { isSameGrant, type Grant } from '#domain/people/grant.ts'
import { grantText, type WrittenGrant } from '#domain/people/grant-text.ts'
import { AppError } from '#server/errors.ts'
import { countOtherAdministrators, deleteGrant, insertGrant } from '#server/store/grants.ts'
import { notify } from '#server/store/notify.ts'
import type { UserRow } from '#server/store/users.ts'
import type { CommandContext } from '../trpc.ts'
import { isAdministrator } from './administrator.ts'
import { needUser } from './need.ts'
import { resolveGrant } from './resolve-grants.ts'

interface Asked {
  id: string
  grant: WrittenGrant
}

/** Gives a person one right more; it counts from their next request on. Throws AppError `conflict` where they have it. */
export async function grantRight({ act }: CommandContext, { id, grant: written }: Asked): Promise<UserRow> {
  act.on({ target: id, cluster: null, reason: null, detail: { grant: textOf(written) } })
  return act.commit(async (tx) => {
    const person = await needUser(tx, id)
    act.on({ target: person.email, cluster: null, reason: null, detail: { grant: textOf(written) } })
    const grant = await resolveGrant(tx, written)
    if (!(await insertGrant(tx, id, grant, act.actor.name)))
      throw new AppError('conflict', `${person.name} has ${textOf(written)} already.`)
    await notify(tx, { kind: 'users' })
    return needUser(tx, id)
  })
}

/** Takes one right away. Throws AppError `not-found` where they do not have it, `refused` for the last administrator's. */
export async function revokeRight({ act }: CommandContext, { id, grant: written }: Asked): Promise<UserRow> {
  act.on({ target: id, cluster: null, reason: null, detail: { grant: textOf(written) } })
  return act.commit(async (tx) => {
    const others = await countOtherAdministrators(tx, id)
    const before = await needUser(tx, id)
    act.on({ target: before.email, cluster: null, reason: null, detail: { grant: textOf(written) } })
    const grant = await resolveGrant(tx, written)
    const left = before.grants.filter((each) => each.group !== null || !isSameGrant(each, grant))
    if (isAdministrator(before) && !isAdministrator({ ...before, grants: left }) && others === 0) {
      throw new AppError('refused', `${before.email} is the only administrator. Make somebody else one first.`)
    }
    if (!(await deleteGrant(tx, id, grant))) throw notGivenByHand(before, grant, textOf(written))
    await notify(tx, { kind: 'users' })
    return needUser(tx, id)
  })
}

function notGivenByHand({ name, grants }: UserRow, grant: Grant, text: string): AppError {
  const group = grants.find((each) => each.group !== null && isSameGrant(each, grant))?.group
  if (group === undefined) return new AppError('not-found', `${name} does not have ${text}.`)
  return new AppError(
    'refused',
    `${name} has ${text} by the group ${group}. Take them out of it at the provider, or remove what the group gives under Sign-in.`,
  )
}

function textOf({ role, scope }: WrittenGrant): string {
  if (scope.kind !== 'cluster') return grantText({ role, scope })
  return grantText({ role, scope: { kind: 'cluster', clusterId: scope.cluster } })
}
