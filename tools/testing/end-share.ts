import pg from 'pg'
import { embeddedUrl } from '#server/store/embedded/address.ts'

/** Lets the time of a link for watchers be over, in the embedded store of this home. */
export async function endShare(home: string, id: string): Promise<void> {
  const client = new pg.Client({ connectionString: embeddedUrl(home) ?? '' })
  await client.connect()
  try {
    const long = `interval '40 days'`
    await client.query(
      `update share_link set created_at = created_at - ${long}, expires_at = expires_at - ${long} where id = $1`,
      [id],
    )
  } finally {
    await client.end()
  }
}
