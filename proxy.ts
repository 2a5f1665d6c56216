import { NextResponse, type NextRequest } from 'next/server'
import { pageHeaders, pagePolicy } from '#server/auth/answer-headers.ts'

/** Gives every page a policy with a nonce of its own, and sends whoever shows no session to sign in. Who may do what is asked again by every page and procedure. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  if (!open.has(pathname) && !hasSessionCookie(request)) {
    const target = request.nextUrl.clone()
    target.pathname = '/sign-in'
    target.search = pathname === '/' ? '' : `?${new URLSearchParams({ next: pathname + search })}`
    return NextResponse.redirect(target)
  }
  const nonce = crypto.randomUUID().replaceAll('-', '')
  // oxlint-disable-next-line house/no-process-env -- Next writes this word into the bundle when it builds
  const policy = pagePolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(pageHeaders)) response.headers.set(name, value)
  return response
}

export const config = {
  // Pages only: procedures answer for themselves, files hold nothing secret.
  matcher: ['/((?!api/|_next/|[^/]+\\.[a-z0-9]+$).*)'],
}

/** What is for those who are not signed in. */
const open: ReadonlySet<string> = new Set(['/sign-in', '/invitation'])
function hasSessionCookie(request: NextRequest): boolean {
  return request.cookies.has('matriarch.session') || request.cookies.has('__Host-matriarch.session')
}
