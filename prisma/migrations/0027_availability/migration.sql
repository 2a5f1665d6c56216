-- CreateTable
CREATE TABLE "availability_standing" (
    "cluster_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "cause" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "leader" TEXT,
    "measured_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "availability_standing_pkey" PRIMARY KEY ("cluster_id")
);

-- CreateTable
CREATE TABLE "availability_stretch" (
    "id" BIGSERIAL NOT NULL,
    "cluster_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "began" TIMESTAMPTZ(3) NOT NULL,
    "ended" TIMESTAMPTZ(3),
    "cause" TEXT NOT NULL,

    CONSTRAINT "availability_stretch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_target" (
    "cluster_id" UUID NOT NULL,
    "target" DOUBLE PRECISION NOT NULL,
    "set_by" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "availability_target_pkey" PRIMARY KEY ("cluster_id")
);

-- CreateTable
CREATE TABLE "share_link" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "views" INTEGER NOT NULL DEFAULT 0,
    "last_viewed_at" TIMESTAMPTZ(3),

    CONSTRAINT "share_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "share_link_cluster" (
    "share_id" UUID NOT NULL,
    "cluster_id" UUID NOT NULL,

    CONSTRAINT "share_link_cluster_pkey" PRIMARY KEY ("share_id","cluster_id")
);

-- CreateTable
CREATE TABLE "share_attempt" (
    "address" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "share_attempt_pkey" PRIMARY KEY ("address","minute")
);

-- CreateIndex
CREATE INDEX "availability_stretch_cluster_id_began_idx" ON "availability_stretch"("cluster_id", "began");

-- CreateIndex
CREATE UNIQUE INDEX "share_link_token_hash_key" ON "share_link"("token_hash");

-- CreateIndex
CREATE INDEX "share_attempt_minute_idx" ON "share_attempt"("minute");

-- AddForeignKey
ALTER TABLE "availability_standing" ADD CONSTRAINT "availability_standing_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_stretch" ADD CONSTRAINT "availability_stretch_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_target" ADD CONSTRAINT "availability_target_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_link_cluster" ADD CONSTRAINT "share_link_cluster_share_id_fkey" FOREIGN KEY ("share_id") REFERENCES "share_link"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_link_cluster" ADD CONSTRAINT "share_link_cluster_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A cluster is in one state at a time: of its stretches one at most goes on.
create unique index availability_stretch_one_open on availability_stretch (cluster_id) where ended is null;

alter table availability_standing
  add constraint availability_standing_state_known check (state in ('serving', 'not-serving', 'unseen', 'apart')),
  add constraint availability_standing_caused check ((state = 'serving') = (cause is null));

alter table availability_stretch
  add constraint availability_stretch_kind_known check (kind in ('outage', 'unseen', 'apart')),
  add constraint availability_stretch_in_order check (ended is null or ended >= began);

alter table availability_target
  add constraint availability_target_share check (target >= 0.5 and target <= 0.99999);

alter table share_link
  add constraint share_link_kind_known check (kind in ('page', 'badge')),
  add constraint share_link_hash check (token_hash ~ '^[0-9a-f]{64}$'),
  add constraint share_link_ends check (
    expires_at <= created_at + case kind when 'page' then interval '30 days 1 minute' else interval '366 days' end
  );
