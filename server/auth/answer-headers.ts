import type { ServerResponse } from 'node:http'

/** Headers of every answer, whatever it is: pages add a policy of their own. Over https browsers are told never to come without it. */
export function answerHeaders(publicUrl: string): Record<string, string> {
  return {
    ...pageHeaders,
    // Nothing but a page has to load or run anything.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ...(publicUrl.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000' }),
  }
}

/** Sends these headers with an answer, but for those that it says itself by the time it is sent. */
export function sendUnlessSaid(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  const writeHead = response.writeHead.bind(response)
  response.writeHead = (...given: unknown[]) => {
    for (const [name, value] of Object.entries(headers)) {
      if (!response.hasHeader(name)) response.setHeader(name, value)
    }
    return Reflect.apply(writeHead, response, given)
  }
}

/** Headers of every page, besides its policy. */
export const pageHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': [
    'accelerometer=()',
    'browsing-topics=()',
    'camera=()',
    'display-capture=()',
    'geolocation=()',
    'gyroscope=()',
    'magnetometer=()',
    'microphone=()',
    'midi=()',
    'payment=()',
    'usb=()',
    // Passkeys and copying are the console's own.
    'publickey-credentials-get=(self)',
    'publickey-credentials-create=(self)',
    'clipboard-write=(self)',
  ].join(', '),
}

/** What a page may load and run: what comes from this console, and scripts that bear the nonce of this one answer. */
export function pagePolicy(nonce: string, isDevelopment: boolean): string {
  // React needs eval for its error overlay, and Next adds styles as it goes, while developing.
  const scripts = `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`
  const styles = isDevelopment ? "style-src-elem 'self' 'unsafe-inline'" : `style-src-elem 'self' 'nonce-${nonce}'`
  return [
    "default-src 'none'",
    scripts,
    styles,
    // Attributes, as the charts and overlays set them for places and sizes: an attribute can select nothing else.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
