import { domainToASCII } from 'node:url'

/** Addresses that a mail server refused. */
export interface RefusedAddresses {
  /** As the channel has them. */
  to: string[]
  /** At least one of them may be taken later. */
  isAnyForNow: boolean
  /** Each with what was said of it. */
  words: string
}

/** What a mail server refused of those whom a mail was for, from what nodemailer says of it; null = nothing. */
export function refusedAddresses(
  outcome: unknown,
  to: readonly string[],
  wordsOf: (responseCode: number | null, message: string) => string,
): RefusedAddresses | null {
  const errors = errorsOf(outcome).map((error) => ({
    address: 'recipient' in error ? String(error.recipient) : '',
    code: 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null,
    message: error.message,
  }))
  if (errors.length === 0) return null
  const refused = new Set(errors.map(({ address }) => asSent(address)))
  const known = to.filter((address) => refused.has(asSent(address)))
  return {
    to: known.length > 0 ? known : [...to],
    isAnyForNow: errors.some(({ code }) => code === null || code < 500),
    words: errors.map(({ address, code, message }) => `${address} (${wordsOf(code, message)})`).join(', '),
  }
}

function errorsOf(outcome: unknown): Error[] {
  if (typeof outcome !== 'object' || outcome === null || !('rejectedErrors' in outcome)) return []
  const { rejectedErrors } = outcome
  return Array.isArray(rejectedErrors) ? rejectedErrors.filter((each): each is Error => each instanceof Error) : []
}

// Nodemailer writes a domain as it is sent.
function asSent(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`
}
