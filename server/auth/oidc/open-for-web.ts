import { setProviderReach } from '#server/adapters/oidc/set-reach.ts'
import type { OidcEnv } from '#server/env.ts'
import { openOidc, type Oidc } from './provider.ts'

/** The provider as a web process asks it: only where the console may connect to. */
export function openOidcForWeb(
  settings: OidcEnv,
  env: { publicUrl: string; databaseUrl: string; reach: readonly string[] },
): Oidc {
  return openOidc(settings, new URL(env.publicUrl).origin, setProviderReach(env))
}
