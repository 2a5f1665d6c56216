/**
 * The address a request comes from: the last one in X-Forwarded-For, which Next sets from the socket and a proxy in
 * front extends. Whoever reaches Next directly can write it: it limits tries and informs, it never admits.
 */
export function addressOf(headers: Headers): string {
  const last = (headers.get('x-forwarded-for') ?? '').split(',').at(-1)?.trim() ?? ''
  return last.slice(0, 64) || 'unknown'
}
