import { readConsoleEnv } from '#server/env.ts'
import { AppError } from '#server/errors.ts'
import { embeddedUrl } from '#server/store/embedded/address.ts'
import { openStore, type Store } from '#server/store/open.ts'

/** The store as its owner, for what is done on the console's own machine: DATABASE_URL, or the running embedded store of MATRIARCH_HOME. */
export function openStoreBeside(): Store {
  const { databaseUrl, home } = readConsoleEnv()
  const url = databaseUrl ?? embeddedUrl(home)
  if (url !== null) return openStore(url, { max: 2 })
  throw new AppError(
    'refused',
    `There is no console in ${home}: start one with npm start, or set MATRIARCH_HOME or DATABASE_URL to that of yours.`,
  )
}
