import { answerInvitation } from '#server/api/invitations/answer.ts'
import { webServices } from '#server/api/services.ts'

export const POST = (request: Request) => answerInvitation(webServices(), request)
