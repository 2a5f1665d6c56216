import { paths } from '#components/paths.ts'
import { leaveBy } from './leave-if-signed-out.ts'

/** Ends the session on the server, and leaves for the sign-in page or for the provider that the session began with. */
export function signOut(): Promise<void> {
  return leaveBy(async () => {
    const answer = await fetch('/api/auth/oidc/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
      body: '{}',
      signal: AbortSignal.timeout(15_000),
    })
    const body: unknown = answer.ok ? await answer.json() : null
    return typeof body === 'object' && body !== null && 'goTo' in body ? String(body.goTo) : paths.signIn()
  })
}
