import type { AuthServices } from '../next-auth-handler.ts'
import type { Oidc } from './provider.ts'

/** What signing in with a provider works with. */
export interface OidcServices extends AuthServices {
  oidc: Oidc
}
