// Asked at run time only: a page made at build time would be healthy for ever.
export const dynamic = 'force-dynamic'

export function GET() {
  return Response.json({ status: 'live' }, { headers: { 'cache-control': 'no-store' } })
}
