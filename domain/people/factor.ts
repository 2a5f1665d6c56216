/** What a person proves himself with beside the password. */
export type FactorKind = 'totp' | 'passkey'

/** A factor as its owner and administrators see it. */
export interface Factor {
  id: string
  kind: FactorKind
  name: string
  registeredAt: Date
  lastUsedAt: Date | null
  /** Who says that it is this person's, and since when; null = nobody does: it counts for signing in and not for approvals. */
  vouched: { by: string; at: Date } | null
}

/** What the kinds are called on the pages. */
export const factorKindWords: Record<FactorKind, string> = { totp: 'Authenticator app', passkey: 'Passkey' }

/** Whether everybody whose role may act must have a second factor. */
export type SecondFactorPolicy = 'optional' | 'required'

/** How many recovery codes are made at once. */
export const recoveryCodeCount = 10

/** How long after proving oneself a dangerous act is done without asking again, minutes. */
export const stepUpMinutes = 5
