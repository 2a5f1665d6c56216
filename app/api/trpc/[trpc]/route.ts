import { answerTrpc } from '#server/api/http.ts'
import { webServices } from '#server/api/services.ts'

export const GET = (request: Request) => answerTrpc(webServices(), request)
export const POST = GET
