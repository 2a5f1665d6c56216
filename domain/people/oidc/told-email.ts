/** Whether an address must be said to be confirmed, or only not be said to be unconfirmed. */
export type EmailRule = 'required' | 'unless-denied'

/** The e-mail address of a person, or what is wrong with what the provider told of it. */
export type ToldEmail = { email: string } | { email: null; wrong: string }

/**
 * The address that may stand for a person, in lower case, out of what the provider told, the ID token first. One that was never confirmed would let
 * somebody go by another's name in the audit log.
 */
export function toldEmail(told: readonly Record<string, unknown>[], rule: EmailRule): ToldEmail {
  const email = told.map(({ email }) => addressIn(email)).find((address) => address !== null)
  if (email === undefined) return { email: null, wrong: 'No e-mail address was told (claim email).' }
  if (!/^[\x21-\x3f\x41-\x7e]+@[a-z0-9.-]+$/.test(email) || email.length > 200) {
    return { email: null, wrong: 'What was told as e-mail address is none (claim email).' }
  }
  // What is said of one address counts for no other.
  const said = told.filter((each) => addressIn(each['email']) === email).map((each) => String(each['email_verified']))
  if (said.includes('false')) return { email: null, wrong: 'The address is not confirmed (email_verified is false).' }
  if (rule === 'unless-denied' || said.includes('true')) return { email }
  return {
    email: null,
    wrong:
      'Nothing was said of whether the address is confirmed (no email_verified). Have the provider say it, or set MATRIARCH_OIDC_EMAIL_VERIFIED=unless-denied where nobody chooses their address there.',
  }
}

function addressIn(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return text === '' ? null : text
}
