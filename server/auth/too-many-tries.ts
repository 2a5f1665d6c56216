import { AppError } from '#server/errors.ts'

/** That no try is left, and how long to wait for the next. */
export function tooManyTries(waitSeconds: number): AppError {
  const spoken = waitSeconds < 90 ? `${waitSeconds} s` : `${Math.ceil(waitSeconds / 60)} min`
  return new AppError('limited', `Too many tries. Wait ${spoken}, then try again.`)
}
