import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

/** True where the browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function'
}

/** Has the person answer with a passkey; throws an Error with a sentence. */
export async function answerByPasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON) {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON }).catch(tell)
  return { id, rawId, type, response }
}

/** Has the person make a new passkey; throws an Error with a sentence. */
export async function makePasskey(optionsJSON: PublicKeyCredentialCreationOptionsJSON) {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const { id, rawId, type, response } = await startRegistration({ optionsJSON }).catch(tell)
  const { clientDataJSON, attestationObject } = response
  return { id, rawId, type, response: { clientDataJSON, attestationObject } }
}

/** What a passkey's answer could not be had for; any other error is not about the passkey. */
export class PasskeyProblem extends Error {}

function tell(error: unknown): never {
  const name = error instanceof Error ? error.name : ''
  if (name === 'InvalidStateError') throw new PasskeyProblem('This device has a passkey for your account already.')
  if (name === 'SecurityError')
    throw new PasskeyProblem('The browser gives no passkeys at this address of the console.')
  throw new PasskeyProblem('The browser gave no passkey: it was cancelled, took too long, or none fits.')
}
