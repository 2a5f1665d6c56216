/**
 * What a person gives at the moment of an act, as it goes to a worker: the code of an authenticator app, sealed for the workers
 * and bound to the act, or the assertion of a passkey whose challenge is the digest of `proofText`.
 */
export type Proof =
  | { kind: 'totp'; /** Base64. */ sealed: string }
  | { kind: 'passkey'; nonce: string; issuedMs: number; assertion: Assertion }

/** The same as the page gives it: the code is not sealed yet. */
export type ProofAnswer = { kind: 'totp'; code: string } | Extract<Proof, { kind: 'passkey' }>

/** What a passkey answers to a challenge (WebAuthn's AuthenticationResponseJSON). */
export interface Assertion {
  id: string
  rawId: string
  type: 'public-key'
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string }
  clientExtensionResults: Record<string, never>
}

/** What is done, by whom: a proof is good for this and nothing else. */
export interface Proven {
  userId: string
  /** Such as `approve`. */
  purpose: string
  /** Canonical text of all that it depends on. */
  subject: string
}

/** How long a passkey's answer may take, ms. */
export const proofLastsMs = 10 * 60_000

/** The text whose SHA-256 a passkey signs: the same act gives another one each time. */
export function proofText({ userId, purpose, subject }: Proven, nonce: string, issuedMs: number): string {
  return JSON.stringify(['matriarch proof 1', userId, purpose, subject, nonce, issuedMs])
}

/** What a sealed code is bound to. */
export function sealContext({ userId, purpose, subject }: Proven): string {
  return JSON.stringify(['matriarch code 1', userId, purpose, subject])
}

/** What is proven by vouching for a factor. */
export function vouchSubject(factor: { id: string; userId: string }): string {
  return JSON.stringify({ factor: factor.id, person: factor.userId })
}
