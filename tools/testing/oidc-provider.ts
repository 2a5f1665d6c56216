import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Whoever the provider lets in next. */
export interface TestAccount {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
  groups?: string[]
  acr?: string
  amr?: string[]
}

export interface TestProvider extends AsyncDisposable {
  issuer: string
  account: TestAccount
  /** Changes the claims or the head of the ID token before it is signed again with the provider's key. */
  bend: ((claims: Record<string, unknown>, head: Record<string, unknown>) => void) | null
  /** True = what is bent keeps the signature it had. */
  isForging: boolean
  /** What it does instead of answering. */
  mood: 'well' | 'failing' | 'silent'
  /** True = the person breaks the sign-in off. */
  isRefusing: boolean
  /** Takes another key from now on. */
  rotate(): void
  logoutToken(claims: Record<string, unknown>): string
}

const clientId = 'matriarch'
const clientSecret = 'a secret of the test client'

/** What the console is told of a test provider. */
export const testClient = { clientId, clientSecret }

/** npm's oidc-provider on loopback, which lets in `account` without asking. */
export async function startTestProvider(consoleOrigin: string, port = 0): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let key = makeKey()
  let provider = makeProvider(issuer, consoleOrigin, key, () => test.account)
  const held = new Set<ServerResponse>()
  const test: TestProvider = {
    issuer,
    account: { sub: 'anna', email: 'anna@example.org', email_verified: true, name: 'Anna', groups: ['dba'] },
    bend: null,
    mood: 'well',
    isForging: false,
    isRefusing: false,
    rotate() {
      key = makeKey()
      provider = makeProvider(issuer, consoleOrigin, key, () => test.account)
    },
    logoutToken(claims) {
      const now = Math.floor(Date.now() / 1_000)
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
      return sign(
        { alg: 'RS256', kid: key.kid },
        { iss: issuer, aud: clientId, iat: now, jti: randomUUID(), events, ...claims },
        key.private,
      )
    },
    async [Symbol.asyncDispose]() {
      for (const response of held) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (test.mood === 'silent') return void held.add(response)
    if (test.mood === 'failing') return void response.writeHead(503).end('away')
    if (request.url?.startsWith('/interaction/')) return void interact(provider, test, request, response)
    if (request.url === '/token') bendAnswer(response, test, key)
    return void provider.callback()(request, response)
  })
  return test
}

interface Key {
  kid: string
  private: KeyObject
}

function makeKey(): Key {
  return { kid: randomUUID(), private: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }
}

function makeProvider(issuer: string, origin: string, key: Key, account: () => TestAccount) {
  return new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${origin}/api/auth/oidc/callback`],
        post_logout_redirect_uris: [`${origin}/sign-in`],
      },
    ],
    jwks: { keys: [{ ...key.private.export({ format: 'jwk' }), kid: key.kid, alg: 'RS256', use: 'sig' }] },
    claims: { openid: ['sub', 'acr', 'amr', 'sid'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the test provider'] },
    pkce: { required: () => true, methods: ['S256'] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...account(), sub: id }) }),
    async loadExistingGrant(ctx) {
      const { provider, session, client } = ctx.oidc
      const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: client?.clientId ?? '' })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
}

async function interact(
  provider: InstanceType<typeof Provider>,
  test: TestProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { sub, acr, amr } = test.account
  const result = test.isRefusing
    ? { error: 'access_denied', error_description: 'broken off' }
    : { login: { accountId: sub, remember: false, ...(acr && { acr }), ...(amr && { amr }) } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

function bendAnswer(response: ServerResponse, { bend, isForging }: TestProvider, key: Key): void {
  if (bend === null) return
  const end = response.end.bind(response)
  response.end = ((body: unknown) => {
    const answer: { id_token?: string } = JSON.parse(String(body))
    if (answer.id_token === undefined) return end(String(body))
    const [head, claims] = answer.id_token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
    bend(claims, head)
    const signature = answer.id_token.split('.')[2] ?? ''
    const signed = sign(head, claims, key.private)
    const forged = `${signed.slice(0, signed.lastIndexOf('.'))}.${signature}`
    const text = JSON.stringify({ ...answer, id_token: isForging ? forged : signed })
    response.setHeader('content-length', Buffer.byteLength(text))
    return end(text)
  }) as typeof response.end
}

function sign(head: Record<string, unknown>, claims: Record<string, unknown>, key: KeyObject): string {
  const body = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  if (head['alg'] === 'none') return `${body}.`
  return `${body}.${createSign('RSA-SHA256').update(body).sign(key, 'base64url')}`
}
