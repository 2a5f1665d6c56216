import { randomBytes } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { everywhere, type Grant } from '#domain/people/grant.ts'
import type { Role } from '#domain/people/permission.ts'
import { cookieRules } from '#server/auth/cookies.ts'
import { hashPassword } from '#server/auth/password.ts'
import { makeToken } from '#server/auth/make-token.ts'
import { hashSecretText, makeSecretText } from '#server/auth/secret-text.ts'
import { FeedHub } from '#server/feed/hub.ts'
import { createLog } from '#server/log.ts'
import { openStore, type Store } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { insertSession } from '#server/store/sessions.ts'
import { insertUser } from '#server/store/users.ts'
import type { Services } from '../context.ts'
import { answerTrpc } from '../http.ts'
import { answerRest } from '../rest/answer.ts'

export const publicUrl = 'http://127.0.0.1:4400'

/** The web tier on a store of its own, in its own database role, without Next around it. */
export class TestConsole implements AsyncDisposable {
  readonly services: Services
  /** The store as its owner, as a worker has it. */
  readonly owner: Store
  #people = 0

  constructor(owner: Store, web: Store) {
    const log = createLog('test')
    log.level = 'silent'
    this.owner = owner
    this.services = {
      store: web,
      log,
      hub: new FeedHub({ store: web, log }),
      origins: [publicUrl],
      secret: randomBytes(32).toString('base64url'),
      rules: cookieRules(publicUrl),
    }
  }

  /** A signed-in person with a role for everything, or with these grants; `cookie` is what the browser holds. */
  async signedIn(held: Role | readonly Grant[], password = 'correct horse battery'): Promise<TestPerson> {
    this.#people += 1
    const grants = grantsIn(held)
    const role = grants[0]?.role ?? 'nobody'
    const email = `${role}-${this.#people}@example.org`
    const passwordHash = await hashPassword(password)
    const name = `${role} ${this.#people}`
    const user = await insertUser(this.owner.pool, { email, name, grants, passwordHash, grantedBy: 'test' })
    if (!user) throw new Error(`${email} is there already`)
    const sid = makeSecretText()
    const sessionId = hashSecretText(sid)
    await insertSession(this.owner.pool, {
      id: sessionId,
      userId: user.id,
      expiresAt: new Date(Date.now() + 3_600_000),
      userAgent: 'test',
      address: '127.0.0.1',
    })
    const { secret, rules } = this.services
    return { id: user.id, email, sessionId, cookie: `${rules.session}=${await encode({ token: { sid }, secret })}` }
  }

  async token(held: Role | readonly Grant[]): Promise<string> {
    const name = `token ${randomBytes(4).toString('hex')}`
    const wanted = { name, grants: grantsIn(held), createdBy: 'test', ownerId: null, expiresInDays: null }
    const { token } = await makeToken(this.owner.pool, wanted)
    return token
  }

  /** A query by GET, as the console's own pages send it. */
  query(path: string, input?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`
    return this.send(`/api/trpc/${path}${search}`, { headers })
  }

  /** A command by POST, as the console's own pages send it. */
  command(path: string, input: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(`/api/trpc/${path}`, {
      method: 'POST',
      body: JSON.stringify({ json: input }),
      headers: { 'content-type': 'application/json', 'x-matriarch': '1', origin: publicUrl, ...headers },
    })
  }

  rest(method: string, path: string, { token, body }: { token?: string; body?: unknown } = {}): Promise<Response> {
    return this.send(`/api/v1${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }

  send(path: string, init: RequestInit): Promise<Response> {
    const request = new Request(`${publicUrl}${path}`, init)
    return path.startsWith('/api/v1') ? answerRest(this.services, request) : answerTrpc(this.services, request)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.services.hub.close()
    await this.services.store.close()
  }
}

export interface TestPerson {
  id: string
  email: string
  sessionId: string
  cookie: string
}

function grantsIn(held: Role | readonly Grant[]): readonly Grant[] {
  return typeof held === 'string' ? [everywhere(held)] : held
}

/** Opens the web tier on this store. */
export async function openTestConsole(owner: Store): Promise<TestConsole> {
  const { webUrl } = await prepareRoles(owner.url)
  return new TestConsole(owner, openStore(webUrl, { max: 5 }))
}
