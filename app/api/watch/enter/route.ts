import { webServices } from '#server/api/services.ts'
import { enterByLink } from '#server/api/watch/http.ts'

export const POST = (request: Request) => enterByLink(webServices(), request)
