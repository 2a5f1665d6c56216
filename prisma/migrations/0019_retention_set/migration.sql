-- The web may say how long samples are kept, and write no other setting.
create function set_samples_retention(days jsonb) returns void
language sql
security definer
set search_path = pg_catalog, pg_temp
as $$
  insert into public.setting (key, value) values ('samples.retention', days)
      on conflict (key) do update set value = excluded.value, updated_at = now();
$$;

revoke all on function set_samples_retention(jsonb) from public;
