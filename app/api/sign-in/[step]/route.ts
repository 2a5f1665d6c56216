import { webServices } from '#server/api/services.ts'
import { answerSignIn } from '#server/api/sign-in/answer.ts'

export async function POST(request: Request, { params }: { params: Promise<{ step: string }> }) {
  return answerSignIn(webServices(), request, (await params).step)
}
