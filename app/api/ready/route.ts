import { answerReady } from '#server/api/probes/ready.ts'
import { webServices } from '#server/api/services.ts'

export const dynamic = 'force-dynamic'

export const GET = () => answerReady(webServices())
