import { postAuth } from './auth-request.ts'

/** Signs in; resolves to where to go, or to the sentence that says why not. */
export async function signIn(
  email: string,
  password: string,
  next: string,
): Promise<{ goTo: string } | { problem: string }> {
  try {
    const answer = await postAuth('callback/credentials', { email, password, callbackUrl: next })
    const body: unknown = await answer.json()
    const url = typeof body === 'object' && body !== null && 'url' in body ? String(body.url) : next
    if (answer.ok) return { goTo: next }
    return { problem: new URL(url, location.href).searchParams.get('error') ?? 'E-mail or password is wrong.' }
  } catch {
    return {
      problem: 'The console did not answer. Check that it runs and that this machine reaches it, then try again.',
    }
  }
}
