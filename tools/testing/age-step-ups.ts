import pg from 'pg'
import { embeddedUrl } from '#server/store/embedded/address.ts'

/** Lets it be long ago that anybody showed who they are, in the embedded store of this home. */
export async function ageStepUps(home: string): Promise<void> {
  const client = new pg.Client({ connectionString: embeddedUrl(home) ?? '' })
  await client.connect()
  try {
    await client.query(`update app_session set stepped_up_at = stepped_up_at - interval '6 minutes'`)
  } finally {
    await client.end()
  }
}
