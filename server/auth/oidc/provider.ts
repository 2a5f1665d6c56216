import * as client from 'openid-client'
import { askProvider, isSafeAddress } from '#server/adapters/oidc/ask-provider.ts'
import type { OidcEnv } from '#server/env.ts'
import { AppError } from '#server/errors.ts'

/** A provider of sign-ins as this console is registered with it. */
export interface Oidc {
  settings: OidcEnv
  /** Where the provider sends people back to. */
  redirectUri: string
  /** The console's own address. */
  origin: string
  /** The provider's word on itself and our place with it, `isAnew` asked at this moment; no keys are carried over from one call to the next. */
  configuration(isAnew?: boolean): Promise<client.Configuration>
}

/** For how long the provider's word on itself is believed. */
const freshMs = 5 * 60_000

/** A provider for a console that people open at `origin`; nothing is asked of it before the first sign-in, nor before `isReady`. */
export function openOidc(settings: OidcEnv, origin: string, isReady: Promise<void> = Promise.resolve()): Oidc {
  if (!isSafeAddress(settings.issuer)) {
    throw new AppError('invalid', 'MATRIARCH_OIDC_ISSUER must begin with https, but on this machine.')
  }
  let known: { metadata: client.ServerMetadata; at: number } | null = null
  // However many begin to sign in at once, the provider is asked by one.
  let asking: Promise<client.ServerMetadata> | null = null
  return {
    settings,
    origin,
    redirectUri: `${origin}/api/auth/oidc/callback`,
    async configuration(isAnew = false) {
      await isReady
      if (!isAnew && known && Date.now() - known.at < freshMs) return configurationOf(known.metadata, settings)
      asking ??= discover(settings).finally(() => (asking = null))
      const metadata = await asking
      known = { metadata, at: Date.now() }
      return configurationOf(metadata, settings)
    },
  }
}

async function discover(settings: OidcEnv): Promise<client.ServerMetadata> {
  const found = await client.discovery(new URL(settings.issuer), settings.clientId, undefined, client.None(), {
    [client.customFetch]: askProvider,
    timeout: 10,
    execute: settings.issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
  })
  const metadata: client.ServerMetadata = { ...found.serverMetadata() }
  // A person's browser is sent there.
  for (const address of [metadata.authorization_endpoint, metadata.end_session_endpoint]) {
    if (address !== undefined && !isSafeAddress(address)) {
      throw new AppError('protocol', `${settings.name} names an address that is neither https nor on this machine.`)
    }
  }
  return metadata
}

// Made anew for each sign-in, so that a key the provider has changed is known at once.
function configurationOf(metadata: client.ServerMetadata, settings: OidcEnv): client.Configuration {
  const { clientId, clientSecret } = settings
  const configuration = new client.Configuration(
    metadata,
    clientId,
    { ...(clientSecret !== null && { client_secret: clientSecret }) },
    authentication(metadata, clientSecret),
  )
  configuration[client.customFetch] = askProvider
  configuration.timeout = 10
  if (settings.issuer.startsWith('http:')) client.allowInsecureRequests(configuration)
  // The token's signature is held against the provider's keys, besides its having come from the provider itself.
  client.enableNonRepudiationChecks(configuration)
  return configuration
}

function authentication(metadata: client.ServerMetadata, secret: string | null): client.ClientAuth {
  if (secret === null) return client.None()
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return methods.includes('client_secret_basic') ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret)
}
