import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { waitFor } from './wait.ts'

/** One holder a name on the whole machine. */
export async function withLock<T>(name: string, act: () => T | Promise<T>): Promise<T> {
  const until = `another lab command (the holder of "${name}") has ended`
  const held = await waitFor({ until, timeoutMs: 180_000 }, () => take(name))
  try {
    return await act()
  } finally {
    await new Promise((resolve) => held.close(resolve))
  }
}

/** An abstract socket is a lock without a file: the kernel frees it when its holder dies, however that happens. */
async function take(name: string): Promise<Server | null> {
  const server = createServer((visitor) => visitor.destroy())
  server.listen(`\0matriarch-lab-${name}`)
  try {
    await once(server, 'listening')
    return server
  } catch {
    return null
  }
}
