import { roles, type Role } from '#domain/people/permission.ts'

/** What a role may do, in a few words. */
export const roleWords = {
  viewer: 'sees everything, changes nothing',
  operator: 'moves the lead, stops operations',
  approver: 'sees everything, approves what others ask for',
  auditor: 'sees everything, also the audit log and people',
  admin: 'does everything, also clusters and people',
} as const satisfies Record<Role, string>

/** The roles as a list offers them. */
export const roleOptions = roles.map((role) => ({ value: role, label: `${role}: ${roleWords[role]}` }))
