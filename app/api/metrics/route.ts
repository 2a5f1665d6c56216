import { answerMetrics } from '#server/api/probes/metrics.ts'
import { webServices } from '#server/api/services.ts'

export const GET = (request: Request) => answerMetrics(webServices(), request)
