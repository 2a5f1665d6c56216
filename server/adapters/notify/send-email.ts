import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import type { EmailSettings } from '#domain/alerts/notify/channel.ts'
import { channelFaults } from '#domain/alerts/notify/channel-faults.ts'
import { emailMessage } from '#domain/alerts/notify/email-message.ts'
import type { Outcome } from '#domain/alerts/notify/outcome.ts'
import type { Message } from '#domain/alerts/notify/told.ts'
import { addressesFor } from './addresses-for.ts'
import { refusedAddresses } from './refused-addresses.ts'
import type { Receiver } from './send-http.ts'

/** Hands a message to a mail server; what it refuses for now or cannot be reached is told as `later`. Throws LookError for a host that is none. */
export async function sendEmail(
  { name, settings, secret, timeoutMs: withinMs }: Receiver & { settings: EmailSettings },
  message: Message,
  deliveryId: number,
): Promise<Outcome> {
  const [fault] = channelFaults(settings, secret, false)
  if (fault) return { kind: 'given-up', problem: `${name} cannot send: ${fault.sentence}` }
  const { host, port, security, user, from, to, zone, caPem } = settings
  const target = { who: name, system: 'the mail server', address: `${host}:${port}` }
  const { addresses, isPublic, leftMs } = await addressesFor({ host, port, withinMs }, target)
  const timeoutMs = Math.min(longestExchangeMs, leftMs)
  const transport = createTransport({
    host: addresses[0]?.address ?? host,
    port,
    secure: security === 'tls',
    // Without TLS nothing is said at all, but to this machine or where somebody allows it.
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: {
      minVersion: 'TLSv1.2',
      // An address is no name to ask for; the certificate must hold it all the same.
      ...(isIP(host) === 0 && { servername: host }),
      ...(caPem !== null && { ca: caPem }),
    },
    ...(user !== null && secret !== null && { auth: { user, pass: secret } }),
    connectionTimeout: timeoutMs / 2,
    greetingTimeout: timeoutMs / 2,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.slice(from.lastIndexOf('@') + 1)
  const { subject, text, messageId, references, headers } = emailMessage(message, { zone, domain, deliveryId })
  try {
    const sent = await transport.sendMail({
      from,
      to,
      subject,
      text,
      messageId,
      headers,
      ...(references.length > 0 && { inReplyTo: references[0], references }),
      // Ends the connection too: nothing is handed over behind the back of whoever sends next.
      signal: AbortSignal.timeout(timeoutMs),
    })
    const response = isPublic ? hide(sent.response, secret) : sent.response.slice(0, 3)
    const refused = refusedAddresses(sent, to, sayOf({ secret, isPublic }))
    if (refused === null) return { kind: 'accepted', response }
    const problem = `The mail server ${target.address} took it for others, but not for ${refused.words}.`
    return refused.isAnyForNow
      ? { kind: 'later', problem, retryAfterMs: null, leftTo: refused.to }
      : { kind: 'accepted', response, missed: { to: refused.to, problem } }
  } catch (error) {
    return outcomeOfSmtp(error, { address: target.address, to, say: sayOf({ secret, isPublic }) })
  } finally {
    transport.close()
  }
}

const longestExchangeMs = 15_000

type Say = (responseCode: number | null, message: string, code?: string) => string

/** How that is told which a server said, as far as it is. */
function sayOf({ secret, isPublic }: { secret: string | null; isPublic: boolean }): Say {
  return (responseCode, message, code = '') =>
    isPublic && code !== 'EABORT'
      ? hide(message.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 300), secret)
      : kindOf(code, responseCode)
}

function outcomeOfSmtp(
  error: unknown,
  { address, to, say }: { address: string; to: readonly string[]; say: Say },
): Outcome {
  const { code, responseCode, message } = wordsOf(error)
  const refused = refusedAddresses(error, to, say)
  const said = say(responseCode, message, code)
  const what = refused === null ? `it: ${said}` : `it for ${refused.words}`
  // Whatever is said to a sign-in has this code, also that it cannot be looked at now.
  if (code === 'EAUTH') {
    if (responseCode === null || responseCode >= 500)
      return { kind: 'given-up', problem: `The mail server ${address} refuses to let it sign in: ${said}` }
    const problem = `The mail server ${address} does not let it sign in now: ${said}`
    return { kind: 'later', problem, retryAfterMs: null }
  }
  // Whoever is in between may hide that the server speaks TLS: that is no last word.
  if (code === 'ETLS')
    return { kind: 'later', problem: `The mail server ${address} does not turn to TLS: ${said}`, retryAfterMs: null }
  if (responseCode !== null && responseCode >= 500)
    return { kind: 'given-up', problem: `The mail server ${address} refuses ${what}` }
  return { kind: 'later', problem: `The mail server ${address} did not take ${what}`, retryAfterMs: null }
}

// What something inside the network said is not passed on: it may be no mail server at all.
function kindOf(code: string, responseCode: number | null): string {
  if (responseCode !== null) return `code ${responseCode}`
  if (code === 'EABORT') return 'it did not answer in time'
  return code === 'EDNS' || code === 'ECONNECTION' || code === 'ESOCKET' || code === 'ETIMEDOUT'
    ? 'there is no connection'
    : 'it does not answer as a mail server does'
}

function hide(text: string, secret: string | null): string {
  return secret ? text.replaceAll(secret, '[hidden]') : text
}

function wordsOf(error: unknown): { code: string; responseCode: number | null; message: string } {
  if (!(error instanceof Error)) return { code: '', responseCode: null, message: String(error) }
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    responseCode: 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null,
    message: error.message,
  }
}
