import { rightsOf, type GroupRight } from '#domain/people/oidc/group-mapping.ts'
import { listGroupMappings, replaceGroupGrants } from '#server/store/group-mappings.ts'
import { insertIdentity, lockIdentity, markSignedIn } from '#server/store/identities.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { findUser, insertUser, type UserRow } from '#server/store/users.ts'
import type { Told } from './claims.ts'
import { canEnter } from './group-rights.ts'
import { OidcRefused } from './refused.ts'

/** The person whom a provider let in, with the rights that their groups give for so many days; throws OidcRefused for whoever may not come in. */
export async function admit(
  tx: Queryable,
  told: Told,
  rightsDays: number,
): Promise<{ person: UserRow; identityId: string; isNew: boolean; rights: GroupRight[] }> {
  const rights = rightsOf(told.groups, await listGroupMappings(tx))
  const known = await lockIdentity(tx, told.issuer, told.subject)
  if (!known) return addPerson(tx, told, rights, rightsDays)
  const person = await findUser(tx, known.userId)
  const who = { id: known.userId, name: known.userEmail }
  if (!person || person.disabledAt) throw new OidcRefused('disabled', { who })
  await replaceGroupGrants(tx, person.id, rights, rightsDays)
  if (!(await canEnter(tx, person.id))) throw new OidcRefused('no-group', { who })
  await markSignedIn(tx, known.id, told.email)
  return { person, identityId: known.id, isNew: false, rights }
}

async function addPerson(tx: Queryable, told: Told, rights: GroupRight[], rightsDays: number) {
  const { issuer, subject, email, name } = told
  const who = { id: null, name: email ?? 'no e-mail address' }
  if (rights.length === 0) throw new OidcRefused('no-group', { who })
  if (email === null) throw new OidcRefused('no-email', { who })
  // Nothing is given by hand, and there is no password: the provider is the way in.
  const made = { email, name: name.slice(0, 100), grants: [], passwordHash: null, grantedBy: 'groups' }
  const person = await insertUser(tx, made)
  // Whoever can choose their address at the provider must not come into somebody else's account by it.
  if (!person) throw new OidcRefused('same-email', { who })
  const identityId = (await insertIdentity(tx, { issuer, subject, userId: person.id, email, linkedBy: null })) ?? ''
  await replaceGroupGrants(tx, person.id, rights, rightsDays)
  await markSignedIn(tx, identityId, email)
  return { person, identityId, isNew: true, rights }
}
