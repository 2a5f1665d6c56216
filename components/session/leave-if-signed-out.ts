import { paths } from '#components/paths.ts'
import { errorCode } from '#components/trpc/error-sentence.ts'

/** Goes to the sign-in page, and back afterwards, when an error says that the session has ended. */
export function leaveIfSignedOut(error: unknown) {
  if (typeof location === 'undefined' || errorCode(error) !== 'unauthenticated') return
  location.assign(paths.signIn(location.pathname + location.search))
}
