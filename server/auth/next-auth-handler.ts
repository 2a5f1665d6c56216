import NextAuth, { type NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import type { NextRequest } from 'next/server'
import { isAppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { addressOf } from './address.ts'
import { cookieLine, readCookie, type CookieRules } from './cookies.ts'
import { deviceSeconds } from './device.ts'
import { sessionHours } from './open-session.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

export interface AuthServices {
  store: Store
  log: Log
  rules: CookieRules
  secret: string
}

type RouteContext = { params: Promise<{ nextauth: string[] }> }

/** next-auth's endpoints the console uses: csrf, callback/credentials and signout; everything else of it is not found. */
export async function answerAuth(
  services: AuthServices,
  request: NextRequest,
  context: RouteContext,
): Promise<Response> {
  const path = (await context.params).nextauth.join('/')
  if (!used.has(`${request.method} ${path}`)) return new Response('Not found', { status: 404 })
  let device: string | null = null
  const options = optionsFor(services, request, (proof) => (device = proof))
  const response: Response = await NextAuth(request, context, options)
  if (device !== null) {
    response.headers.append('set-cookie', cookieLine(services.rules, services.rules.device, device, deviceSeconds))
  }
  response.headers.set('cache-control', 'no-store')
  return response
}

const used = new Set(['GET csrf', 'POST callback/credentials', 'POST signout'])

function optionsFor(
  { store, log, rules, secret }: AuthServices,
  request: NextRequest,
  onSignedIn: (device: string) => void,
): NextAuthOptions {
  const cookie = { httpOnly: true, sameSite: 'lax', path: '/', secure: rules.isSecure } as const
  return {
    secret,
    useSecureCookies: rules.isSecure,
    session: { strategy: 'jwt', maxAge: sessionHours * 3_600 },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: { name: rules.session, options: cookie },
      csrfToken: { name: rules.csrf, options: cookie },
      callbackUrl: { name: rules.callbackUrl, options: cookie },
    },
    logger: {
      error: (code, metadata) =>
        log.error({ code, error: metadata instanceof Error ? metadata : metadata.error }, 'next-auth'),
      warn: (code) => log.warn({ code }, 'next-auth'),
      debug: () => {},
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
        async authorize(given) {
          try {
            const { credentials, sessionSecret, device } = await signIn(
              { store, secret },
              attemptOf(given, request, rules),
            )
            if (device !== null) onSignedIn(device)
            return { id: credentials.id, sid: sessionSecret }
          } catch (error) {
            // next-auth hands the message on to the page: only what is meant for people may be in it.
            if (isAppError(error) && error.code !== 'internal') throw error
            log.error({ error }, 'sign-in failed')
            throw new Error('Signing in failed inside the console. Its log says why.', { cause: error })
          }
        },
      }),
    ],
    callbacks: {
      // The cookie holds nothing but the session's random id: who it is and may do is looked up at every request.
      jwt: ({ token, user }) => (user && 'sid' in user ? { sid: user.sid } : { sid: token['sid'] }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.['sid'] === 'string') await signOut(store, token['sid'])
      },
    },
  }
}

function attemptOf(
  given: { email?: unknown; password?: unknown } | undefined,
  request: NextRequest,
  rules: CookieRules,
) {
  return {
    email: typeof given?.email === 'string' ? given.email : '',
    password: typeof given?.password === 'string' ? given.password.slice(0, 200) : '',
    address: addressOf(request.headers),
    userAgent: request.headers.get('user-agent') ?? '',
    device: readCookie(request.headers, rules.device),
  }
}
