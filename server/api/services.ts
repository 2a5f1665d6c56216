import { openOidcForWeb } from '#server/auth/oidc/open-for-web.ts'
import { cookieRules } from '#server/auth/cookies.ts'
import { readOidcEnv, readWebEnv } from '#server/env.ts'
import { FeedHub } from '#server/feed/hub.ts'
import { createLog } from '#server/log.ts'
import { openStore } from '#server/store/open.ts'
import type { Services } from './context.ts'

const key = Symbol.for('matriarch.services')
const kept: typeof globalThis & { [key]?: Services } = globalThis

/** What this web process works with, made at the first call: bundles have a copy of this module each, the process has one store. */
export function webServices(): Services {
  kept[key] ??= makeServices()
  return kept[key]
}

function makeServices(): Services {
  const env = readWebEnv()
  const oidc = readOidcEnv()
  const log = createLog('web')
  const store = openStore(env.databaseUrl, { max: 10 })
  return {
    store,
    log,
    hub: new FeedHub({ store, log }),
    origins: [new URL(env.publicUrl).origin],
    secret: env.secret,
    rules: cookieRules(env.publicUrl),
    oidc: oidc && openOidcForWeb(oidc, env),
  }
}
