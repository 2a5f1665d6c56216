import { AppError } from '#server/errors.ts'
import { embeddedUrl } from '#server/store/embedded/address.ts'

/** The address of the embedded store in this folder, as its owner; throws AppError `not-found` where there is none yet. */
export function storeUrlIn(home: string): string {
  const url = embeddedUrl(home)
  if (url !== null) return url
  throw new AppError(
    'not-found',
    `There is no store in ${home} yet. Start the console first (npm start), or say where its store is with MATRIARCH_HOME or DATABASE_URL.`,
  )
}
