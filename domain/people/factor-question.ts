import type { Proof } from './proof.ts'

/** What the web tier has workers do with factors, which they alone write. `userId` is who asks. */
export type FactorQuestion =
  /** Secret and first code go beside it, sealed (`sealedAuthenticator`). */
  | { verb: 'register-totp'; userId: string; name: string }
  | {
      verb: 'register-passkey'
      userId: string
      name: string
      origin: string
      challenge: string
      registration: Registration
    }
  | { verb: 'rename'; userId: string; factorId: string; name: string }
  | { verb: 'remove'; userId: string; factorId: string }
  | { verb: 'check'; userId: string; purpose: string; subject: string; proof: Proof }
  | { verb: 'vouch'; userId: string; factorId: string; proof: Proof }

/** What a new passkey answers (WebAuthn's RegistrationResponseJSON). */
export interface Registration {
  id: string
  rawId: string
  type: 'public-key'
  response: { clientDataJSON: string; attestationObject: string }
  clientExtensionResults: Record<string, never>
}

/** What the secret of a new authenticator app is sealed for. */
export function authenticatorContext(userId: string): string {
  return JSON.stringify(['matriarch authenticator 1', userId])
}

/** How many factors a person may have. */
export const mostFactors = 10
