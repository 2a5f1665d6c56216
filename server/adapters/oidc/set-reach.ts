import { setOutReach } from '../reach/set-out-reach.ts'

/** Sets where this web process, which asks nobody else, may ask a provider: where the console may connect to, and never at its store. */
export function setProviderReach(env: { databaseUrl: string; reach: readonly string[] }): Promise<void> {
  // The provider may well share an address with the console, behind one proxy.
  const own = { databaseUrl: env.databaseUrl, publicUrl: null }
  return setOutReach({ networks: env.reach, ...own }, new AbortController().signal)
}
