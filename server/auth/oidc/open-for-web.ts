import { setOutReach } from '#server/adapters/reach/set-out-reach.ts'
import type { OidcEnv } from '#server/env.ts'
import { openOidc, type Oidc } from './provider.ts'

/** The provider as a web process asks it: where the console may connect to, and never at the console's store. */
export function openOidcForWeb(
  settings: OidcEnv,
  env: { publicUrl: string; databaseUrl: string; reach: readonly string[] },
): Oidc {
  // The provider may well share an address with the console, behind one proxy.
  const reach = { networks: env.reach, databaseUrl: env.databaseUrl, publicUrl: null }
  return openOidc(settings, new URL(env.publicUrl).origin, setOutReach(reach, new AbortController().signal))
}
