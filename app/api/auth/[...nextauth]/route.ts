import type { NextRequest } from 'next/server'
import { refuseForeign, refuseLongBody } from '#server/api/guard.ts'
import { webServices } from '#server/api/services.ts'
import { answerAuth } from '#server/auth/next-auth-handler.ts'

type RouteContext = { params: Promise<{ nextauth: string[] }> }

export async function GET(request: NextRequest, context: RouteContext) {
  return answerAuth(webServices(), request, context)
}

export async function POST(request: NextRequest, context: RouteContext) {
  const services = webServices()
  try {
    refuseForeign(request, services.origins)
    // Nobody is signed in yet: what is read for strangers stays small.
    refuseLongBody(request, 16_384)
  } catch (error) {
    // Told as next-auth tells its own refusals.
    const said = new URLSearchParams({ error: error instanceof Error ? error.message : '' })
    return Response.json({ url: `/sign-in?${said}` }, { status: 403 })
  }
  return answerAuth(services, request, context)
}
