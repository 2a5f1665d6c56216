import type { AlertSeverity } from '#domain/alerts/rule.ts'
import type { ChannelKind } from './channel.ts'
import type { TellingKind, TellingState } from './plan-tellings.ts'
import type { Told } from './told.ts'

/** One line of the delivery log. */
export interface NotificationRow {
  id: number
  channelId: string
  channelName: string
  channelKind: ChannelKind
  kind: TellingKind | 'test'
  severity: AlertSeverity
  state: TellingState
  attempts: number
  createdAt: Date
  nextAttemptAt: Date
  attemptedAt: Date | null
  sentAt: Date | null
  /** What the receiver said when it accepted it. */
  response: string | null
  /** Why it was not accepted the last time, or not sent; of what was sent, whom it did not reach. */
  problem: string | null
  /** When and by whom it was said that what was given up needs nothing more; null = it was not. */
  dismissedAt: Date | null
  dismissedBy: string | null
  told: Told
}

/** True for what was given up, also where that was for some of the addresses alone: a person sees to it. */
export function isGivenUp({ state, problem }: Pick<NotificationRow, 'state' | 'problem'>): boolean {
  return state === 'dead' || (state === 'sent' && problem !== null)
}
