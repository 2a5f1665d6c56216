import {
  pagerDutyUrl,
  sendsResolvedAtFirst,
  type Channel,
  type ChannelKind,
  type ChannelSettings,
} from '#domain/alerts/notify/channel.ts'

/** A channel as it stands in the fields of a form. */
export interface ChannelForm {
  name: string
  kind: ChannelKind
  sendsResolved: boolean
  isPaused: boolean
  secret: string
  url: string
  user: string
  caPem: string
  host: string
  port: string
  security: 'starttls' | 'tls' | 'none'
  isPlainAllowed: boolean
  from: string
  /** With commas. */
  to: string
  zone: string
}

/** The form of a channel, or of a new one; a secret is never shown. */
export function formOf(channel: Channel | null): ChannelForm {
  const empty: ChannelForm = {
    name: '',
    kind: 'webhook',
    sendsResolved: sendsResolvedAtFirst('webhook'),
    isPaused: false,
    secret: '',
    url: '',
    user: '',
    caPem: '',
    host: '',
    port: '587',
    security: 'starttls',
    isPlainAllowed: false,
    from: '',
    to: '',
    zone: 'UTC',
  }
  if (!channel) return empty
  const { name, settings, sendsResolved, isPaused } = channel
  const form = { ...empty, name, kind: settings.kind, sendsResolved, isPaused }
  switch (settings.kind) {
    case 'webhook':
      return { ...form, url: settings.url, user: settings.user ?? '', caPem: settings.caPem ?? '' }
    case 'pagerduty':
      return { ...form, url: settings.url }
    case 'email':
      return {
        ...form,
        ...settings,
        port: String(settings.port),
        user: settings.user ?? '',
        to: settings.to.join(', '),
        caPem: settings.caPem ?? '',
      }
    case 'slack':
    case 'heartbeat':
      return form
  }
}

/** The settings that a form stands for. */
export function settingsOf(form: ChannelForm): ChannelSettings {
  const { kind, security, isPlainAllowed } = form
  const user = form.user.trim() || null
  const caPem = form.caPem.trim() || null
  switch (kind) {
    case 'webhook':
      return { kind, url: form.url.trim(), user, caPem }
    case 'pagerduty':
      return { kind, url: form.url.trim() || pagerDutyUrl }
    case 'email':
      return {
        kind,
        host: form.host.trim(),
        port: /^\d{1,5}$/.test(form.port.trim()) ? Number(form.port) : 0,
        security,
        isPlainAllowed,
        user,
        from: form.from.trim(),
        to: form.to.split(/[\s,;]+/).filter(Boolean),
        zone: form.zone.trim(),
        caPem,
      }
    case 'slack':
    case 'heartbeat':
      return { kind }
  }
}

/** What the secret of a kind is called; and what it is. */
export const secretWords = {
  webhook: { label: 'Bearer token or password', hint: 'With a user it is the password, without one a bearer token.' },
  slack: {
    label: 'Address of the incoming webhook',
    hint: 'https://hooks.slack.com/services/… Whoever knows it may write there.',
  },
  pagerduty: { label: 'Routing key', hint: 'Of an Events API v2 integration: 32 letters and digits.' },
  email: { label: 'Password', hint: 'Of the user at the mail server.' },
  heartbeat: { label: 'Address to call', hint: 'Called every minute while alerts are looked after.' },
} as const satisfies Record<ChannelKind, { label: string; hint: string }>
