/** Sends a sign-in, with the token that shows it comes from this console's page. */
export async function postAuth(path: 'callback/credentials', fields: Record<string, string>): Promise<Response> {
  const signal = AbortSignal.timeout(15_000)
  const csrf: unknown = await fetch('/api/auth/csrf', { signal }).then((answer) => answer.json())
  const csrfToken = typeof csrf === 'object' && csrf !== null && 'csrfToken' in csrf ? csrf.csrfToken : ''
  return fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
    body: JSON.stringify({ ...fields, csrfToken, json: 'true' }),
    signal,
  })
}
