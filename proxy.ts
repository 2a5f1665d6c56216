import { NextResponse, type NextRequest } from 'next/server'

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
  const policy = policyWith(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(alwaysSent)) response.headers.set(name, value)
  return response
}

export const config = {
  // Pages only: procedures answer for themselves, files hold nothing secret.
  matcher: ['/((?!api/|_next/|[^/]+\\.[a-z0-9]+$).*)'],
}

/** What is for those who are not signed in. */
const open: ReadonlySet<string> = new Set(['/sign-in', '/invitation'])

const alwaysSent = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  // Browsers heed it over https alone.
  'strict-transport-security': 'max-age=31536000',
}

function hasSessionCookie(request: NextRequest): boolean {
  return request.cookies.has('matriarch.session') || request.cookies.has('__Host-matriarch.session')
}

function policyWith(nonce: string): string {
  // React needs eval for its error overlay while developing.
  // oxlint-disable-next-line house/no-process-env -- Next writes this word into the bundle when it builds
  const evalToo = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evalToo}`,
    // Style attributes, as the charts and overlays set them; styles cannot run anything.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
