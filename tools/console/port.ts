import { createServer, isIPv6 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'

/** Waits a moment for the port, as a console that has just ended may still hold it; throws AppError `refused` when it is taken. */
export async function requirePort(host: string, port: number): Promise<void> {
  for (let tries = 0; tries < 15; tries++) {
    const problem = await tryPort(host, port)
    if (problem === null) return
    if (problem !== 'EADDRINUSE') {
      throw new AppError(
        'refused',
        `The console cannot listen on port ${port} of ${host} (${problem}): set PORT or MATRIARCH_HOST.`,
      )
    }
    await sleep(200)
  }
  throw new AppError(
    'refused',
    `Port ${port} of ${host} is taken: stop what listens there, or set PORT to another one.`,
  )
}

/** Address under which what listens there is opened on this machine. */
export function originOf(host: string, port: number): string {
  const name = wildcards.get(host) ?? host
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`
}

const wildcards: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
])

function tryPort(host: string, port: number): Promise<string | null> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}
