/** True where the host of a pooler's database is the pooler's own node; null = a Unix socket. */
export function isLocalHost(host: string | null): boolean {
  return host === null || host === 'localhost' || host === '::1' || host.startsWith('127.') || host.startsWith('/')
}
