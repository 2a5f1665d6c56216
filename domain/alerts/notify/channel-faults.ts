import { isZone } from './hours.ts'
import type { ChannelSettings, EmailSettings } from './channel.ts'
import { needsSecret } from './channel.ts'

export interface FieldFault {
  field: string
  sentence: string
}

/** Why a channel cannot be as it was typed, by field. `secret` is what was typed; null = nothing was, and what is kept stays. */
export function channelFaults(settings: ChannelSettings, secret: string | null, hasSecret: boolean): FieldFault[] {
  const faults = faultsOf(settings, secret)
  if (needsSecret(settings) && !secret && !hasSecret) faults.push({ field: 'secret', sentence: missing[settings.kind] })
  return faults
}

/** Why a text is no address that something can be sent to; null = it is one. */
export function urlFault(text: string): string | null {
  if (!URL.canParse(text)) return 'Is no address. It begins with https:// or http://.'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Must begin with https:// or http://.'
  if (url.username !== '' || url.password !== '') return 'Holds a password: it belongs into its own field.'
  return null
}

const missing = {
  webhook: 'A user without a password signs in nowhere.',
  slack: 'The address that Slack made for the channel is needed.',
  pagerduty: 'The routing key of the service is needed.',
  email: 'A user without a password signs in nowhere.',
  heartbeat: 'The address to call is needed.',
} as const

function faultsOf(settings: ChannelSettings, secret: string | null): FieldFault[] {
  switch (settings.kind) {
    case 'webhook':
      return fault('url', urlFault(settings.url))
    case 'slack':
    case 'heartbeat':
      return secret ? fault('secret', urlFault(secret)) : []
    case 'pagerduty':
      return [
        ...fault('url', urlFault(settings.url)),
        ...(secret && !/^[A-Za-z0-9]{32}$/.test(secret)
          ? fault('secret', 'A routing key has 32 letters and digits.')
          : []),
      ]
    case 'email':
      return emailFaults(settings)
  }
}

function emailFaults({ host, port, security, isPlainAllowed, user, from, to, zone }: EmailSettings): FieldFault[] {
  const isFar = !isLoopback(host)
  return [
    ...(/^[A-Za-z0-9.:_-]{1,255}$/.test(host) ? [] : fault('host', 'Is no host name or address.')),
    ...(Number.isInteger(port) && port > 0 && port < 65_536 ? [] : fault('port', 'Is no port.')),
    ...(security === 'none' && isFar && !isPlainAllowed
      ? fault('security', 'Mail to another machine goes over TLS, unless you allow that anybody on the way reads it.')
      : []),
    ...(security === 'none' && isFar && user !== null
      ? fault('user', 'A password is not sent without TLS to another machine.')
      : []),
    ...(isAddress(from) ? [] : fault('from', 'Is no e-mail address.')),
    ...(to.length > 0 && to.length <= 50 && to.every(isAddress)
      ? []
      : fault('to', 'Give one to fifty e-mail addresses.')),
    ...(isZone(zone) ? [] : fault('zone', 'Is no time zone, such as UTC or Europe/Zurich.')),
  ]
}

/** True for this machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"'()\\[\]]+@[^\s@<>,;:"'()\\[\]]+$/.test(text)
}

function fault(field: string, sentence: string | null): FieldFault[] {
  return sentence === null ? [] : [{ field, sentence }]
}
