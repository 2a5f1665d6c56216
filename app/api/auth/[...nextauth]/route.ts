import type { NextRequest } from 'next/server'
import { refuseForeign } from '#server/api/guard.ts'
import { webServices } from '#server/api/services.ts'
import { answerAuth } from '#server/auth/next-auth-handler.ts'

type RouteContext = { params: Promise<{ nextauth: string[] }> }

export async function GET(request: NextRequest, context: RouteContext) {
  return answerAuth(webServices(), request, context)
}

export async function POST(request: NextRequest, context: RouteContext) {
  const services = webServices()
  try {
    refuseForeign(request, services.origins, ['application/json', 'application/x-www-form-urlencoded'])
  } catch (error) {
    return Response.json({ sentence: error instanceof Error ? error.message : '' }, { status: 403 })
  }
  return answerAuth(services, request, context)
}
