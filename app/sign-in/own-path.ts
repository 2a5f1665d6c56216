import { paths } from '#components/paths.ts'

/** Only paths of this console are returned to: an address of elsewhere would carry a person away. */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, elsewhere)) return paths.fleet()
  const { origin, pathname, search } = new URL(next, elsewhere)
  // What is left once dots and backslashes are resolved decides: `/.//host` is `//host`, an address without its scheme.
  return origin === elsewhere && !pathname.startsWith('//') ? pathname + search : paths.fleet()
}

const elsewhere = 'http://console.invalid'
