import { namedRoles } from '#domain/people/grant.ts'
import { isAllowed, type Permission } from '#domain/people/permission.ts'
import { rightsRestSentence } from '#domain/people/rights-rest.ts'
import type { Caller } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'
import { findPlace, type Concern, type Place } from './concern.ts'

interface Demanded {
  store: Store
  caller: Caller
  permission: Permission
  concern: Concern
  input: () => Promise<unknown>
}

/**
 * Finds the place that a request concerns and demands the right there. Throws AppError `not-found` in the same words
 * for a cluster that is not there and for one that the caller may not see, `forbidden` where they may see it and no more.
 */
export async function demand({ store, caller, permission, concern, input }: Demanded): Promise<Place['where']> {
  const { grants } = caller
  if (caller.kind === 'user' && caller.owesFactor && permission !== 'session.own') {
    throw new AppError('factor-wanted', 'Register a second factor first: whoever may act here needs one.')
  }
  if (concern === 'self') return 'anywhere'
  // Told before anything is looked for, so that it tells nothing of what there is.
  if (!isAllowed(grants, permission, 'anywhere')) throw forbidden(caller, permission, '')
  const { where, unknown } = await findPlace(store, concern, await input())
  if (isAllowed(grants, permission, where)) return where
  if (typeof where === 'string')
    throw unknown === '' ? forbidden(caller, permission, ' for everything') : missing(caller, unknown)
  if (!isAllowed(grants, 'clusters.read', where)) throw missing(caller, unknown)
  throw forbidden(caller, permission, ' there')
}

function missing(caller: Caller, sentence: string): AppError {
  return new AppError('not-found', sentence + restNote(caller))
}

function forbidden(caller: Caller, permission: Permission, place: string): AppError {
  const { name, grants } = caller
  const several = new Set(grants.map(({ role }) => role)).size > 1
  return new AppError(
    'forbidden',
    `This needs the permission ${permission}${place}; ${name} has the role${several ? 's' : ''} ${namedRoles(grants)}.${restNote(caller)}`,
  )
}

// It tells of the caller alone, nothing of what there is.
function restNote({ kind, rightsRest }: Caller): string {
  return rightsRest ? ` ${rightsRestSentence(kind)}` : ''
}
