import { TRPCError } from '@trpc/server'
import { seriesCsv } from '#domain/samples/series-csv.ts'
import { seriesQuestion } from '../inputs/history.ts'
import type { ProcedureCaller } from '../procedures.ts'

/** What was sampled of a cluster as a table for spreadsheets, and the name of its file. */
export async function historyTable(
  api: ProcedureCaller,
  input: Record<string, unknown>,
): Promise<{ fileName: string; text: string }> {
  const asked = seriesQuestion.safeParse(input)
  if (!asked.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: asked.error })
  const answer = await api.history.series(asked.data)
  return { fileName: `${asked.data.cluster}-history.csv`, text: seriesCsv(answer) }
}
