import type { UserRow } from '#server/store/users.ts'

/** True for whoever may come in and do everything everywhere. */
export function isAdministrator({ grants, disabledAt, hasJoined }: UserRow): boolean {
  return hasJoined && disabledAt === null && grants.some(({ role, scope }) => role === 'admin' && scope.kind === 'all')
}
