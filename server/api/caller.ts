import { headers } from 'next/headers'
import { cache } from 'react'
import type { Caller } from '#server/auth/caller.ts'
import { readSessionSecret } from '#server/auth/cookies.ts'
import { findWanted, type Wanted } from '#server/auth/second-step.ts'
import { hashSecretText } from '#server/auth/secret-text.ts'
import { makeContext } from './context.ts'
import { appRouter } from './root.ts'
import { webServices } from './services.ts'
import { createCallerFactory } from './trpc.ts'

/** The procedures for a page that is being rendered, called as its viewer; one a request. They throw as over HTTP. */
export const apiCaller = cache(async () => createCaller(await pageContext()))

/** Who looks at the page that is being rendered; null = nobody is signed in. Throws `store-unreachable` without the store. */
export const findViewer = cache(async (): Promise<Extract<Caller, { kind: 'user' }> | null> => {
  const caller = await (await pageContext()).identify()
  return caller?.kind === 'user' ? caller : null
})

/** The same, of the pages that are behind signing in: null also while a second factor is owed. The page itself sends there. */
export async function findAdmitted(): ReturnType<typeof findViewer> {
  const viewer = await findViewer()
  return viewer?.owesFactor === true ? null : viewer
}

/** What a session of this browser that waits for its second factor still wants; null = there is none. */
export async function findSecondStep(): Promise<Wanted | null> {
  const { store, rules, secret } = webServices()
  const sessionSecret = await readSessionSecret(await headers(), rules, secret)
  return sessionSecret === null ? null : findWanted(store, hashSecretText(sessionSecret))
}

/** The provider that people may sign in with, as the sign-in page names it; null = by password alone. */
export function signInProvider(): string | null {
  return webServices().oidc?.settings.name ?? null
}

const createCaller = createCallerFactory(appRouter)

const pageContext = cache(async () => makeContext(webServices(), await headers(), null))
