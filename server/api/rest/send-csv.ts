import type { ProcedureCaller } from '../procedures.ts'
import type { Route } from './routes.ts'

/** A table for spreadsheets, to be kept as a file. */
export async function sendCsv(
  csv: NonNullable<Route['csv']>,
  api: ProcedureCaller,
  input: Record<string, unknown>,
): Promise<Response> {
  const { fileName, text } = await csv(api, input)
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
