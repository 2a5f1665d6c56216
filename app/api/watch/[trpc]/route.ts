import { webServices } from '#server/api/services.ts'
import { answerWatch } from '#server/api/watch/http.ts'

export const GET = (request: Request) => answerWatch(webServices(), request)
