/** Where checkpoints of the audit log are sent, besides the agents. */
export interface WitnessAddress {
  kind: 'syslog-tcp' | 'syslog-udp' | 'webhook'
  /** As told to people: without user, password and query. */
  name: string
  url: URL
}

const kinds: Record<string, WitnessAddress['kind']> = {
  'syslog+tcp:': 'syslog-tcp',
  'syslog+udp:': 'syslog-udp',
  'https:': 'webhook',
  'http:': 'webhook',
}

/** Reads one such address, e.g. `syslog+tcp://logs.example.org:514` or `https://audit.example.org/checkpoints`; null for anything else. */
export function readWitnessAddress(text: string): WitnessAddress | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const kind = kinds[url.protocol]
  if (kind === undefined || url.hostname === '' || url.hash !== '') return null
  if (kind === 'webhook') return { kind, name: `${url.host}${url.pathname === '/' ? '' : url.pathname}`, url }
  if (url.port === '') url.port = '514'
  return { kind, name: `syslog at ${url.hostname}:${url.port || '514'}`, url }
}
