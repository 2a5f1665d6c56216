import { sql } from '#lab/control.ts'

const table = 'pitr_ballast'
/** What a round takes stays well below the time a query is given. */
const mibARound = 16
/** Of so many bytes, row head included: 60 fill a page of 8 kB. */
const rowBytes = 136

/** Fills the database with rows that compress about as rows do, so that there is something to restore; safe to repeat. */
export async function loadBallast(sizeMiB: number): Promise<void> {
  await dropBallast()
  if (sizeMiB === 0) return
  await sql('haproxy', `create table ${table} (id bigint, a text, b text, c text)`)
  for (let done = 0; done < sizeMiB; done += mibARound) {
    const rows = Math.floor((Math.min(mibARound, sizeMiB - done) * 1_048_576) / rowBytes)
    await sql(
      'haproxy',
      `insert into ${table} select n, md5(n::text), md5((n + ${done})::text), md5('x' || n) from generate_series(1, ${rows}) n`,
    )
  }
}

export async function dropBallast(): Promise<void> {
  await sql('haproxy', `drop table if exists ${table}`)
}
