import type { Grant } from '#domain/people/grant.ts'
import { ApiProblem } from './api-problem.ts'
import { get } from './api.ts'

/** A person as the console tells of them. */
export interface User {
  id: string
  email: string
  name: string
  grants: (Grant & { cluster: string | null; group: string | null })[]
  disabledAt: Date | null
  invitationEndsAt: Date | null
  hasJoined: boolean
  lastSeenAt: Date | null
}

/** The person with this e-mail address; throws ApiProblem where there is none. */
export async function userOf(email: string): Promise<User> {
  const wanted = email.trim().toLowerCase()
  const user = (await get<User[]>('/users')).find((each) => each.email === wanted)
  if (user) return user
  throw new ApiProblem(`There is no person with the e-mail address ${email}.`, { code: 'not-found' })
}
