import type { ChannelSettings } from '#domain/alerts/notify/channel.ts'
import { urlFault } from '#domain/alerts/notify/channel-faults.ts'
import { outcomeOfHttp, type Outcome } from '#domain/alerts/notify/outcome.ts'
import { pagerDutyPayload } from '#domain/alerts/notify/pagerduty-payload.ts'
import { slackPayload } from '#domain/alerts/notify/slack-payload.ts'
import type { Message } from '#domain/alerts/notify/told.ts'
import { webhookPayload } from '#domain/alerts/notify/webhook-payload.ts'
import { askHttp } from '../http.ts'
import { addressOf, portOf, type Target } from '../target.ts'
import { addressesFor } from './addresses-for.ts'

/** A channel as whoever sends there has it. */
export interface Receiver {
  name: string
  settings: ChannelSettings
  secret: string | null
  /** For the whole attempt, from the look-up of a name to the last byte. */
  timeoutMs: number
}

type HttpSettings = Exclude<ChannelSettings, { kind: 'email' }>

/** Sends a message over HTTP; for a heartbeat it is merely called. Throws LookError where there was no answer. */
export async function sendOverHttp(
  receiver: Receiver & { settings: HttpSettings },
  message: Message,
): Promise<Outcome> {
  const { name, settings, secret, timeoutMs: withinMs } = receiver
  const address = settings.kind === 'webhook' || settings.kind === 'pagerduty' ? settings.url : (secret ?? '')
  if (urlFault(address) !== null) return { kind: 'given-up', problem: `${name} has no address: type it again.` }
  const url = new URL(address)
  const target: Target = { who: name, system: 'the receiver', address: addressOf(url) }
  const { addresses, isPublic, leftMs } = await addressesFor(
    { host: url.hostname, port: portOf(url), withinMs },
    target,
  )
  const body = bodyOf(receiver, message)
  const answer = await askHttp({
    target,
    url,
    addresses,
    method: body === null ? 'GET' : 'POST',
    headers: {
      'user-agent': 'Matriarch',
      ...(body !== null && { 'content-type': 'application/json' }),
      ...(settings.kind === 'webhook' && settings.user === null && secret !== null
        ? { authorization: `Bearer ${secret}` }
        : {}),
    },
    ...(body !== null && { body: JSON.stringify(body) }),
    basic:
      settings.kind === 'webhook' && settings.user !== null && secret !== null
        ? { user: settings.user, password: secret }
        : null,
    caPem: settings.kind === 'webhook' ? settings.caPem : null,
    timeoutMs: Math.min(longestExchangeMs, leftMs),
    limitBytes: 64 * 1024,
    // Whoever has taken it is not told again for the words in which it says so.
    isStatusEnough: true,
  })
  const { status, body: said, retryAfter = null } = answer
  // A receiver may echo what it was sent; and what something inside the network says is not passed on.
  const words = isPublic ? said : ''
  const safe = secret === null ? words : words.replaceAll(secret, '[hidden]')
  return outcomeOfHttp({ status, body: safe, retryAfter }, settings.kind, message.now)
}

const longestExchangeMs = 10_000

function bodyOf({ name, settings, secret }: Receiver & { settings: HttpSettings }, message: Message): unknown {
  switch (settings.kind) {
    case 'webhook':
      return webhookPayload(message, name)
    case 'slack':
      return slackPayload(message)
    case 'pagerduty': {
      const event = pagerDutyPayload(message)
      return event === null ? null : { routing_key: secret, ...event }
    }
    case 'heartbeat':
      return null
  }
}
