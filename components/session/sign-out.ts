import { paths } from '#components/paths.ts'

/** Ends the session on the server, and leaves for the sign-in page or for the provider that the session began with. */
export async function signOut() {
  const answer = await fetch('/api/auth/oidc/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
    body: '{}',
    signal: AbortSignal.timeout(15_000),
  })
  const body: unknown = answer.ok ? await answer.json() : null
  const goTo = typeof body === 'object' && body !== null && 'goTo' in body ? String(body.goTo) : paths.signIn()
  location.assign(goTo)
}
