import { answerRest } from '#server/api/rest/answer.ts'
import { webServices } from '#server/api/services.ts'

export const GET = (request: Request) => answerRest(webServices(), request)
export const POST = GET
export const PUT = GET
export const DELETE = GET
