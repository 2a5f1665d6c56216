import { paths } from '#components/paths.ts'
import { errorCode } from '#components/trpc/error-sentence.ts'

/** Goes to the sign-in page, or to where a second factor is registered, and back afterwards, when an error says that nothing is done before. */
export function leaveIfSignedOut(error: unknown) {
  if (typeof location === 'undefined') return
  const back = location.pathname + location.search
  const code = errorCode(error)
  if (code === 'unauthenticated') location.assign(paths.signIn(back))
  else if (code === 'factor-wanted' && location.pathname !== '/enrol') location.assign(paths.enrol(back))
}
