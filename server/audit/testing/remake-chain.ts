import pg from 'pg'

/** Does what only a superuser of the store can: the triggers of the audit log do not hold him. */
export async function asSuperuser({ adminUrl }: { adminUrl: string }, sql: string): Promise<void> {
  const superuser = new pg.Client({ connectionString: adminUrl })
  await superuser.connect()
  try {
    const { rows } = await superuser.query<{ rolsuper: boolean }>(
      'select rolsuper from pg_roles where rolname = current_user',
    )
    if (!rows[0]?.rolsuper) throw new Error('This is no superuser.')
    for (const table of ['audit_event', 'audit_head', 'audit_checkpoint', 'audit_witness'])
      await superuser.query(`alter table ${table} disable trigger all`)
    await superuser.query(sql)
    // What is written afterwards is written as ever.
    for (const table of ['audit_event', 'audit_head', 'audit_checkpoint', 'audit_witness'])
      await superuser.query(`alter table ${table} enable trigger all`)
  } finally {
    await superuser.end()
  }
}

/** Edits a record by whoever knows how the records are made, to the end of the chain where that is wanted. */
export function edited(seq: number, isToTheEnd: boolean): string {
  return `do $$
    declare r record; last text; made text;
    begin
      for r in select * from audit_event where seq >= ${seq} order by seq loop
        last := coalesce(last, r.previous_hash);
        made := case when r.seq = ${seq} then jsonb_set(r.canonical::jsonb, '{actorName}', '"Eve"')::text else r.canonical end;
        update audit_event set canonical = made, previous_hash = last, hash = ${hashOf('last', 'made')},
          actor_name = case when r.seq = ${seq} then 'Eve' else actor_name end
          where seq = r.seq returning hash into last;
        exit when ${!isToTheEnd};
      end loop;
      if ${isToTheEnd} then update audit_head set hash = last; end if;
    end $$`
}

/** The hash of a record in SQL. */
export function hashOf(previous: string, canonical: string): string {
  return `encode(sha256(convert_to(${previous} || ${canonical}, 'UTF8')), 'hex')`
}
