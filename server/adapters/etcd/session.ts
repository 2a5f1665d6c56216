import type { z } from 'zod'
import { refuseBarred, type Bar } from '../barred.ts'
import { askHttp, type HttpAnswer } from '../http.ts'
import { parseJson } from '../json.ts'
import { addressOf, type Target } from '../target.ts'
import { etcdProblem, isOldToken, wantsNoPassword } from './etcd-problem.ts'
import { tokenSchema } from './wire.ts'

export interface EtcdAccess {
  urls: readonly string[]
  user: string | null
  password: string | null
  bar?: Bar
  caPem: string | null
}

export interface AskOptions {
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/** Asks endpoints of one etcd, signed in where a user is given; a token that grew old is renewed once. */
export function createEtcdSession(access: EtcdAccess) {
  // One token an endpoint: a hanging endpoint must not keep the others from signing in.
  const tokens = new Map<string, Promise<string | null>>()

  async function send(
    url: string,
    path: string,
    payload: unknown,
    token: string | null,
    options: AskOptions,
  ): Promise<HttpAnswer> {
    return askHttp({
      target: etcdTarget(url),
      url: new URL(path, url),
      method: 'POST',
      body: JSON.stringify(payload),
      headers: token === null ? {} : { authorization: token },
      caPem: access.caPem,
      limitBytes: 4 * 1024 * 1024,
      ...options,
    })
  }

  async function signIn(url: string, options: AskOptions): Promise<string | null> {
    const { user, password } = access
    if (user === null || password === null) return null
    refuseBarred(access.bar, new URL(url).origin)
    const answer = await send(url, '/v3/auth/authenticate', { name: user, password }, null, options)
    if (wantsNoPassword(answer)) return null
    if (answer.status !== 200) throw etcdProblem(answer, etcdTarget(url))
    return parseJson(answer.body, tokenSchema, etcdTarget(url)).token
  }

  /** The token for an endpoint; null where etcd asks for none. */
  async function token(url: string, options: AskOptions): Promise<string | null> {
    const known = tokens.get(url)
    if (known !== undefined) return known
    const signingIn = signIn(url, options)
    tokens.set(url, signingIn)
    return signingIn.catch((error: unknown) => {
      tokens.delete(url)
      throw error
    })
  }

  async function ask<T>(
    url: string,
    path: string,
    payload: unknown,
    schema: z.ZodType<T>,
    options: AskOptions,
  ): Promise<T> {
    let answer = await send(url, path, payload, await token(url, options), options)
    if (isOldToken(answer)) {
      tokens.delete(url)
      answer = await send(url, path, payload, await token(url, options), options)
    }
    if (answer.status !== 200) throw etcdProblem(answer, etcdTarget(url))
    return parseJson(answer.body, schema, etcdTarget(url))
  }

  return { ask, token, forgetToken: (url: string) => tokens.delete(url), caPem: access.caPem }
}

export type EtcdSession = ReturnType<typeof createEtcdSession>

/** How sentences call an endpoint of etcd. */
export function etcdTarget(url: string): Target {
  return { who: 'etcd', system: 'etcd', address: addressOf(new URL(url)) }
}
