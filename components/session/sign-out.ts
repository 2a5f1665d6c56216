import { paths } from '#components/paths.ts'
import { postAuth } from './auth-request.ts'

/** Ends the session on the server and leaves for the sign-in page. */
export async function signOut() {
  await postAuth('signout', {})
  location.assign(paths.signIn())
}
