/** Where people are told: a kind of receiver with its settings. Its secret is kept apart and never read back. */
export interface Channel {
  id: string
  name: string
  settings: ChannelSettings
  /** False = it is told that something began, not that it ended. */
  sendsResolved: boolean
  /** Nothing is sent there meanwhile. */
  isPaused: boolean
  hasSecret: boolean
}

export type ChannelKind = ChannelSettings['kind']

export type ChannelSettings =
  | WebhookSettings
  /** Its address is its secret: whoever knows it may write. */
  | { kind: 'slack' }
  /** Its routing key is its secret. */
  | { kind: 'pagerduty'; url: string }
  | EmailSettings
  /** A dead man's switch: its address is its secret, called every minute while alerts are looked after. */
  | { kind: 'heartbeat' }

export interface WebhookSettings {
  kind: 'webhook'
  url: string
  /** Null = the secret is shown as a bearer token. */
  user: string | null
  /** PEM of the CA that signed the receiver; null = the system's authorities. */
  caPem: string | null
}

export interface EmailSettings {
  kind: 'email'
  host: string
  port: number
  /** `starttls` turns to TLS before anything is said, or says nothing. */
  security: 'starttls' | 'tls' | 'none'
  /** Somebody allows mail without TLS to another machine; passwords never go so. */
  isPlainAllowed: boolean
  /** Null = without signing in. */
  user: string | null
  from: string
  to: string[]
  /** IANA name: times are told in it beside UTC. */
  zone: string
  caPem: string | null
}

/** PagerDuty's own address; its European service has another. */
export const pagerDutyUrl = 'https://events.pagerduty.com/v2/enqueue'

/** Whether a channel tells the end of what it told, where nobody says otherwise. */
export function sendsResolvedAtFirst(kind: ChannelKind): boolean {
  return kind === 'webhook' || kind === 'pagerduty'
}

/** Kinds that keep what they were told as a page until it ends, by a key: they are told of an incident as one. */
export const pagedKinds: readonly ChannelKind[] = ['pagerduty']

/** True for a channel of such a kind. */
export function keepsPages({ kind }: { kind: ChannelKind }): boolean {
  return pagedKinds.includes(kind)
}

/** True for a channel on which alerts are told by now; a heartbeat is merely called. */
export function canBeTold({ settings, isPaused }: Pick<Channel, 'settings' | 'isPaused'>): boolean {
  return !isPaused && settings.kind !== 'heartbeat'
}

/** True for a kind of which receivers take all of a cluster as one group, with one state: an end goes with what fires on. */
export function takesGroups({ kind }: { kind: ChannelKind }): boolean {
  return kind === 'webhook'
}

/** True for a kind of which nothing can be told without its secret. */
export function needsSecret(settings: ChannelSettings): boolean {
  if (settings.kind === 'email') return settings.user !== null
  if (settings.kind === 'webhook') return settings.user !== null
  return true
}

/**
 * Where a secret was meant to go when it was typed: it is sent nowhere else, whatever the settings say later. Null where the secret is
 * itself the address.
 */
export function placeOfSecret(settings: ChannelSettings): string | null {
  switch (settings.kind) {
    case 'webhook':
    case 'pagerduty':
      return URL.canParse(settings.url) ? new URL(settings.url).origin : settings.url
    case 'email':
      return `smtp ${settings.host}:${settings.port}`
    case 'slack':
    case 'heartbeat':
      return null
  }
}

/** What a channel is, in a word or two. */
export const channelWords = {
  webhook: 'webhook',
  slack: 'Slack',
  pagerduty: 'PagerDuty',
  email: 'e-mail',
  heartbeat: 'heartbeat',
} as const satisfies Record<ChannelKind, string>

/** Where a channel leads to, as far as that may be shown. */
export function whereOf(settings: ChannelSettings): string {
  switch (settings.kind) {
    case 'webhook':
      return URL.canParse(settings.url) ? new URL(settings.url).host : settings.url
    case 'pagerduty':
      return URL.canParse(settings.url) ? new URL(settings.url).host : settings.url
    case 'email':
      return settings.to.join(', ')
    case 'slack':
    case 'heartbeat':
      return 'its own address'
  }
}
