-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "cluster_id" UUID NOT NULL,
    "cluster_name" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "member" TEXT,
    "severity" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL,
    "counts_from" TIMESTAMPTZ(6) NOT NULL,
    "fired_at" TIMESTAMPTZ(6),
    "held_at" TIMESTAMPTZ(6) NOT NULL,
    "quiet_since" TIMESTAMPTZ(6),
    "unknown_since" TIMESTAMPTZ(6),
    "resolved_at" TIMESTAMPTZ(6),
    "facts" JSONB NOT NULL,
    "incident_id" UUID,
    "explained_by" UUID,
    "is_flapping" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "cluster_id" UUID NOT NULL,
    "cluster_name" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "acknowledged_at" TIMESTAMPTZ(6),
    "acknowledged_by" TEXT,
    "merged_into" INTEGER,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_note" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "incident_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "written_by" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "incident_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "silence" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "cluster_id" UUID,
    "rule_id" TEXT,
    "subject" TEXT,
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "silence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_override" (
    "cluster_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rule_override_pkey" PRIMARY KEY ("cluster_id","rule_id")
);

-- CreateTable
CREATE TABLE "alert_engine_beat" (
    "cluster_id" UUID NOT NULL,
    "evaluated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "alert_engine_beat_pkey" PRIMARY KEY ("cluster_id")
);

-- CreateIndex
CREATE INDEX "alert_cluster_id_since_idx" ON "alert"("cluster_id", "since" DESC);

-- CreateIndex
CREATE INDEX "alert_incident_id_idx" ON "alert"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "incident_number_key" ON "incident"("number");

-- CreateIndex
CREATE INDEX "incident_cluster_id_opened_at_idx" ON "incident"("cluster_id", "opened_at" DESC);

-- CreateIndex
CREATE INDEX "incident_note_incident_id_idx" ON "incident_note"("incident_id");

-- CreateIndex
CREATE INDEX "silence_ends_at_idx" ON "silence"("ends_at");

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident_note" ADD CONSTRAINT "incident_note_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "silence" ADD CONSTRAINT "silence_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_override" ADD CONSTRAINT "rule_override_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_engine_beat" ADD CONSTRAINT "alert_engine_beat_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whatever two workers believe, there is one live alert of a rule and subject.
create unique index alert_one_live on alert (cluster_id, rule_id, subject) where state <> 'resolved';
create index alert_live on alert (cluster_id) where state <> 'resolved';
create index incident_open on incident (cluster_id) where closed_at is null;

alter table alert
  add constraint alert_state_known check (state in ('pending', 'firing', 'resolved')),
  add constraint alert_severity_known check (severity in ('critical', 'warning', 'info')),
  add constraint alert_fired check (state = 'pending' or fired_at is not null),
  add constraint alert_resolved check ((resolved_at is not null) = (state = 'resolved')),
  add constraint alert_bounded check (pg_column_size(facts) <= 16384 and length(summary) <= 2000);

alter table incident
  add constraint incident_severity_known check (severity in ('critical', 'warning', 'info')),
  add constraint incident_acknowledged_by check ((acknowledged_at is null) = (acknowledged_by is null));

alter table incident_note add constraint incident_note_bounded check (length(text) between 1 and 10000);
alter table silence add constraint silence_reason_given check (btrim(reason) <> '');
alter table rule_override add constraint rule_override_bounded check (pg_column_size(body) <= 8192);

-- Written every few seconds.
alter table alert_engine_beat set (fillfactor = 50);
alter table alert set (fillfactor = 80);

-- A cluster that is forgotten has no alerts that go on; what was found of it stays, as its events do.
create function close_alerts_of_cluster() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from alert where cluster_id = old.id and state = 'pending';
  update alert set state = 'resolved', resolved_at = now(), unknown_since = null
   where cluster_id = old.id and state = 'firing';
  update incident set closed_at = now() where cluster_id = old.id and closed_at is null;
  return old;
end $$;

create trigger cluster_closes_alerts before delete on cluster
  for each row execute function close_alerts_of_cluster();
