import { refuseForeign, refuseLongBody } from '#server/api/guard.ts'
import { webServices } from '#server/api/services.ts'
import { answerBackChannel } from '#server/auth/oidc/back-channel.ts'
import { answerBegin, answerCallback } from '#server/auth/oidc/answer.ts'
import { answerSignOut } from '#server/auth/oidc/sign-out.ts'

type RouteContext = { params: Promise<{ act: string }> }

export async function GET(request: Request, { params }: RouteContext) {
  const { oidc = null, ...services } = webServices()
  const { act } = await params
  if (oidc !== null && act === 'begin') return answerBegin({ ...services, oidc }, request)
  if (oidc !== null && act === 'callback') return answerCallback({ ...services, oidc }, request)
  return notFound()
}

export async function POST(request: Request, { params }: RouteContext) {
  const { oidc = null, ...services } = webServices()
  const { act } = await params
  try {
    refuseLongBody(request, 16_384)
    // The provider itself calls this one; its token is its proof.
    if (oidc !== null && act === 'back-channel-logout') return await answerBackChannel({ ...services, oidc }, request)
    if (act !== 'sign-out') return notFound()
    refuseForeign(request, services.origins)
  } catch (error) {
    return Response.json({ error: error instanceof Error ? error.message : '' }, { status: 403 })
  }
  return answerSignOut({ ...services, oidc }, request)
}

function notFound() {
  return new Response('Not found', { status: 404 })
}
