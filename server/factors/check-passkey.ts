import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Assertion } from '#domain/people/proof.ts'
import { noteUse } from '#server/store/factors/factors.ts'
import { findPasskey, spendChallenge, type Passkey } from '#server/store/factors/passkeys.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { originIn } from './own-name.ts'

/** What an assertion is held to. */
export interface PasskeyCheck {
  assertion: Assertion
  /** Whose passkey it must be; null = anybody's, who then is the one. */
  userId: string | null
  isChallenge: (challenge: string) => boolean
  /** The passkey alone lets in: it must have asked for a finger, a face or a PIN. */
  mustVerifyUser: boolean
  needsVouched: boolean
}

/** Checks the answer of a passkey and uses up its challenge. */
export async function checkPasskey(
  on: Queryable,
  check: PasskeyCheck,
): Promise<{ ok: true; passkey: Passkey } | { ok: false; sentence: string }> {
  const passkey = await findPasskey(on, check.assertion.id)
  if (!passkey || (check.userId !== null && passkey.userId !== check.userId)) {
    return refuse('This passkey is not registered here, or was removed. Use another way.')
  }
  if (passkey.isDisabled) return refuse('This account may not sign in. An administrator can change that.')
  if (check.needsVouched && !passkey.isVouched) return refuse(notVouched)
  const answer = await verify(passkey, check)
  if (answer === null) return refuse('The passkey’s answer does not fit what was asked. Try again.')
  if (!(await spendChallenge(on, answer.challenge))) {
    return refuse('This answer of the passkey was used before. Try again.')
  }
  await noteUse(on, passkey.id, answer.counter)
  return { ok: true, passkey }
}

/** Why a factor does not count for an approval. */
export const notVouched =
  'Nobody has vouched for this factor yet, so it does not count here. An administrator whose own factor is vouched for can do so under People.'

async function verify(
  passkey: Passkey,
  { assertion, isChallenge, mustVerifyUser }: PasskeyCheck,
): Promise<{ challenge: string; counter: number } | null> {
  const origin = originIn(assertion.response.clientDataJSON, passkey.rpId)
  if (origin === null) return null
  let challenge = ''
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: assertion,
      expectedChallenge: (given) => {
        challenge = given
        return isChallenge(given)
      },
      expectedOrigin: origin,
      expectedRPID: passkey.rpId,
      credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: passkey.counter },
      requireUserVerification: mustVerifyUser,
    })
    return verified ? { challenge, counter: authenticationInfo.newCounter } : null
  } catch {
    // Whatever is wrong with it, it is not the answer to what was asked.
    return null
  }
}

function refuse(sentence: string): { ok: false; sentence: string } {
  return { ok: false, sentence }
}
