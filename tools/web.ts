import { createServer } from 'node:http'
import next from 'next'
import { answerHeaders, sendUnlessSaid } from '#server/auth/answer-headers.ts'
import { forwardedFor, trustedPeers } from '#server/auth/forwarded.ts'
import { readConsoleEnv, readWebEnv } from '#server/env.ts'
import { root } from './console/root.ts'

const { port, publicUrl } = readWebEnv()
const { host, trustedProxies } = readConsoleEnv()
const isTrusted = trustedPeers(trustedProxies)

const sent = answerHeaders(publicUrl)

const app = next({ dev: false, dir: root, hostname: host, port })
await app.prepare()
const answer = app.getRequestHandler()
const server = createServer((request, response) => {
  const { headers, socket } = request
  headers['x-forwarded-for'] = forwardedFor(
    { peer: socket.remoteAddress, header: headers['x-forwarded-for'] },
    isTrusted,
  )
  sendUnlessSaid(response, sent)
  void answer(request, response)
})
server.listen(port, host)

const stop = () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  // Live feeds never end by themselves.
  setTimeout(() => server.closeAllConnections(), 1_000).unref()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
