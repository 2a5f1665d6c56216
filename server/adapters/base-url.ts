/**
 * Address of a service from what a person or a cluster wrote: `10.0.1.10:8008`, with or without scheme and path.
 * Returns scheme, host and port alone (`http://10.0.1.10:8008`), or null where it is no http address or carries a password.
 */
export function baseUrl(text: string, defaultPort: number | null = null): string | null {
  const trimmed = text.trim()
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
  const url = parseUrl(hasScheme ? trimmed : `http://${trimmed}`)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  if (url.hostname === '' || url.username !== '' || url.password !== '') return null
  if (!hasScheme && url.port === '' && defaultPort !== null && !/:80($|\/)/.test(trimmed))
    url.port = String(defaultPort)
  return url.origin
}

/** Address of a page with its path and query, as a person wrote it with or without scheme; null where it is no http address. */
export function pageUrl(text: string): string | null {
  const trimmed = text.trim()
  const url = parseUrl(/^https?:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`)
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return null
  return url.href
}

/** The URL a text says, or null. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

/** Host of a URL without port and brackets, or null. */
export function hostOf(text: string): string | null {
  const url = parseUrl(text)
  return url === null || url.hostname === '' ? null : url.hostname.replace(/^\[|\]$/g, '')
}
