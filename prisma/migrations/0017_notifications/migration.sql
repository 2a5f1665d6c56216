-- CreateTable
CREATE TABLE "channel" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "send_resolved" BOOLEAN NOT NULL DEFAULT true,
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_secret" (
    "channel_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_secret_pkey" PRIMARY KEY ("channel_id")
);

-- CreateTable
CREATE TABLE "channel_hold" (
    "channel_id" UUID NOT NULL,
    "held_by" TEXT,
    "held_until" TIMESTAMPTZ(6),
    "attempted_at" TIMESTAMPTZ(6),
    "attempts_in_minute" INTEGER NOT NULL DEFAULT 0,
    "minute_began_at" TIMESTAMPTZ(6),
    "beat_at" TIMESTAMPTZ(6),
    "beat_problem" TEXT,

    CONSTRAINT "channel_hold_pkey" PRIMARY KEY ("channel_id")
);

-- CreateTable
CREATE TABLE "route" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "position" INTEGER NOT NULL,
    "severity" TEXT NOT NULL,
    "cluster_id" UUID,
    "label" TEXT,
    "hours" JSONB,
    "steps" JSONB NOT NULL,
    "repeat_minutes" INTEGER,
    "goes_on" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "route_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" BIGSERIAL NOT NULL,
    "channel_id" UUID NOT NULL,
    "alert_id" UUID,
    "cluster_id" UUID,
    "cluster_name" TEXT NOT NULL,
    "dedup_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "incident_id" UUID,
    "told" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "is_open" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "next_attempt_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "attempted_at" TIMESTAMPTZ(6),
    "sent_at" TIMESTAMPTZ(6),
    "response" TEXT,
    "problem" TEXT,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_peak" (
    "alert_id" UUID NOT NULL,
    "fact" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "alert_peak_pkey" PRIMARY KEY ("alert_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "channel_name_key" ON "channel"("name");

-- CreateIndex
CREATE INDEX "route_position_idx" ON "route"("position");

-- CreateIndex
CREATE INDEX "notification_alert_id_idx" ON "notification"("alert_id");

-- AddForeignKey
ALTER TABLE "channel_secret" ADD CONSTRAINT "channel_secret_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_hold" ADD CONSTRAINT "channel_hold_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "route" ADD CONSTRAINT "route_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_peak" ADD CONSTRAINT "alert_peak_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

create index notification_waiting on notification (channel_id, dedup_key, id) where state = 'waiting';
create index notification_open on notification (alert_id) where is_open;

alter table channel
  add constraint channel_kind_known check (kind in ('webhook', 'slack', 'pagerduty', 'email', 'heartbeat')),
  add constraint channel_bounded check (pg_column_size(settings) <= 65536 and length(name) between 1 and 100);

alter table route
  add constraint route_severity_known check (severity in ('critical', 'warning', 'info')),
  add constraint route_bounded check (pg_column_size(steps) <= 16384 and pg_column_size(hours) <= 1024);

alter table notification
  add constraint notification_kind_known check (kind in ('trigger', 'acknowledge', 'resolve', 'test')),
  add constraint notification_state_known check (state in ('waiting', 'sent', 'dead', 'dropped')),
  add constraint notification_key_bounded check (length(dedup_key) <= 255),
  add constraint notification_bounded check (pg_column_size(told) <= 16384 and length(response) <= 1000 and length(problem) <= 2000);

-- Whatever two workers plan at once: an alert is told to have ended once, and acknowledged once, on each channel.
create unique index notification_one_end on notification (channel_id, alert_id, kind)
  where kind in ('resolve', 'acknowledge') and state <> 'dropped';

alter table channel_hold set (fillfactor = 50);
alter table notification set (fillfactor = 80);
