import { paths } from '#components/paths.ts'
import { errorCode } from '#components/trpc/error-sentence.ts'

let isLeaving = false

/** Leaves because the person wishes so: the session's end, which other parts of the page hear of meanwhile, does not lead elsewhere. */
export async function leaveBy(whereTo: () => Promise<string>) {
  isLeaving = true
  try {
    location.assign(await whereTo())
  } catch (error) {
    isLeaving = false
    throw error
  }
}

/** Goes to the sign-in page, and back afterwards, when an error says that the session has ended. */
export function leaveIfSignedOut(error: unknown) {
  if (typeof location === 'undefined' || isLeaving || errorCode(error) !== 'unauthenticated') return
  location.assign(paths.signIn(location.pathname + location.search))
}
