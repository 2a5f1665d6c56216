import { oidcVariables, workerVariables, type ConsoleEnv } from '#server/env.ts'

/** What the worker's process is told: it alone holds the keys and comes to the store as its owner. */
export function toldWorker(env: ConsoleEnv, given: { storeUrl: string; url: string }): Record<string, string> {
  return {
    DATABASE_URL: given.storeUrl,
    MATRIARCH_HOME: env.home,
    MATRIARCH_WORKER_ID: env.workerId,
    MATRIARCH_PUBLIC_URL: given.url,
    ...reachOf(env),
    ...workerVariables(),
  }
}

/** What the web process is told, which may be taken over: nothing of a cluster, and the store in a role that cannot read secrets. */
export function toldWeb(
  env: ConsoleEnv,
  given: { webUrl: string; url: string; sessionSecret: string },
): Record<string, string> {
  return {
    MATRIARCH_WEB_DATABASE_URL: given.webUrl,
    MATRIARCH_HOST: env.host,
    MATRIARCH_TRUSTED_PROXIES: env.trustedProxies.join(','),
    NEXTAUTH_SECRET: given.sessionSecret,
    NEXTAUTH_URL: given.url,
    PORT: String(env.port),
    ...reachOf(env),
    ...oidcVariables(),
  }
}

// Left out, each takes what is usual.
function reachOf({ reach }: ConsoleEnv): Record<string, string> {
  return reach === null ? {} : { MATRIARCH_REACH: reach }
}
