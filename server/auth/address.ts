/**
 * The address a request comes from: the last one in X-Forwarded-For, which the web process lets only trusted proxies write
 * and sets from the socket else. It limits tries and informs, it never admits.
 */
export function addressOf(headers: Headers): string {
  const last = (headers.get('x-forwarded-for') ?? '').split(',').at(-1)?.trim() ?? ''
  return last.slice(0, 64) || 'unknown'
}
