import { parseBody } from '#agent/guard/parse-body.ts'
import { confirmRequest, helloRequest, refuseRequest } from '#agent/protocol/enrolment.ts'
import { bodyOf } from './body-of.ts'
import type { App } from './app.ts'
import type { AgentParts } from './parts.ts'

/** How a console and this agent come to know each other; all of it answers 404 while no invitation waits. */
export function addEnrolmentRoutes(app: App, { host }: AgentParts): void {
  app.get('/v1/enrol', () => host.waiting())
  app.post('/v1/enrol/hello', (request) => host.hello(parseBody(helloRequest, bodyOf(request), 'bad-request')))
  app.post('/v1/enrol/confirm', (request) => host.confirm(parseBody(confirmRequest, bodyOf(request), 'bad-request')))
  app.post('/v1/enrol/refuse', async (request) => {
    await host.refuse(parseBody(refuseRequest, bodyOf(request), 'bad-request'))
    return {}
  })
}
