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

/** Goes to the sign-in page, or to where a second factor is registered, and back afterwards, when an error says that nothing is done before. */
export function leaveIfSignedOut(error: unknown) {
  if (typeof location === 'undefined' || isLeaving) return
  const back = location.pathname + location.search
  const code = errorCode(error)
  if (code === 'unauthenticated') location.assign(paths.signIn(back))
  else if (code === 'factor-wanted' && location.pathname !== '/enrol') location.assign(paths.enrol(back))
}
