import { webServices } from '#server/api/services.ts'
import { answerBadge } from '#server/api/watch/badge.ts'

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return answerBadge(webServices(), request, (await params).id)
}
