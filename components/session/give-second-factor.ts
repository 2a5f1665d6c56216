import { answerByPasskey, PasskeyProblem } from '#components/proof/passkey.ts'

/** What a right password leaves to be wanted; null = nothing. */
export interface Wanted {
  code: boolean
  passkey: boolean
  recoveryCode: boolean
}

type Outcome = { isSignedIn: true } | { problem: string }

/** What the sign-in still wants. */
export async function findWanted(): Promise<Wanted | null> {
  const body = await post('wanted', {}).then((answer) => answer.json())
  return isRecord(body) && isWanted(body['wanted']) ? body['wanted'] : null
}

/** Gives a code of the authenticator app, or a recovery code. */
export function giveCode(step: 'code' | 'recovery-code', code: string): Promise<Outcome> {
  return tellOutcome(() => post(step, { code }))
}

/** Gives a passkey: as the second step where one is awaited, else in the place of the password. */
export function givePasskey(): Promise<Outcome> {
  return tellOutcome(async () => {
    const answer = await post('passkey-options', {})
    if (!answer.ok) return answer
    const assertion = await answerByPasskey(await answer.json())
    return post('passkey', { assertion })
  })
}

async function tellOutcome(work: () => Promise<Response>): Promise<Outcome> {
  try {
    const answer = await work()
    if (answer.ok) return { isSignedIn: true }
    const body: unknown = await answer.json()
    const sentence = isRecord(body) ? body['sentence'] : null
    return { problem: typeof sentence === 'string' ? sentence : silent }
  } catch (error) {
    return { problem: error instanceof PasskeyProblem ? error.message : silent }
  }
}

const silent = 'The console did not answer. Check that it runs and that this machine reaches it, then try again.'

function post(step: string, body: unknown): Promise<Response> {
  return fetch(`/api/sign-in/${step}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isWanted(value: unknown): value is Wanted {
  return isRecord(value) && typeof value['code'] === 'boolean'
}
