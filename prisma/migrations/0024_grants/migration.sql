-- AlterTable
ALTER TABLE "app_user" ALTER COLUMN "password_hash" DROP NOT NULL;

-- AlterTable
ALTER TABLE "api_token" ADD COLUMN "owner_id" UUID;

-- CreateTable
CREATE TABLE "app_grant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "cluster_id" UUID,
    "label" TEXT,
    "granted_by" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token_grant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "token_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "cluster_id" UUID,
    "label" TEXT,

    CONSTRAINT "api_token_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "app_grant_cluster_id_idx" ON "app_grant"("cluster_id");

-- CreateIndex
CREATE INDEX "api_token_grant_cluster_id_idx" ON "api_token_grant"("cluster_id");

-- CreateIndex
CREATE INDEX "api_token_owner_id_idx" ON "api_token"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_user_id_idx" ON "invitation"("user_id");

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_grant" ADD CONSTRAINT "app_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_grant" ADD CONSTRAINT "app_grant_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token_grant" ADD CONSTRAINT "api_token_grant_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "api_token"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token_grant" ADD CONSTRAINT "api_token_grant_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table app_grant
  add constraint app_grant_role_known check (role in ('viewer', 'operator', 'approver', 'auditor', 'admin')),
  add constraint app_grant_scope_known check (
    (scope = 'all' and cluster_id is null and label is null)
    or (scope = 'cluster' and cluster_id is not null and label is null)
    or (scope = 'label' and cluster_id is null and btrim(label) <> '')
  );

alter table api_token_grant
  add constraint api_token_grant_role_known check (role in ('viewer', 'operator', 'approver', 'auditor', 'admin')),
  add constraint api_token_grant_scope_known check (
    (scope = 'all' and cluster_id is null and label is null)
    or (scope = 'cluster' and cluster_id is not null and label is null)
    or (scope = 'label' and cluster_id is null and btrim(label) <> '')
  );

-- The same right at the same place is held once.
create unique index app_grant_once on app_grant (user_id, role, scope, cluster_id, label) nulls not distinct;
create unique index api_token_grant_once on api_token_grant (token_id, role, scope, cluster_id, label) nulls not distinct;

-- Whoever had a role has it for everything.
insert into app_grant (user_id, role, scope, granted_by) select id, role, 'all', 'before grants' from app_user;
insert into api_token_grant (token_id, role, scope) select id, role, 'all' from api_token;

-- A person is named by their address where they made a token; what was made beside the store is nobody's.
update api_token t set owner_id = u.id from app_user u where u.email = t.created_by;

alter table app_user drop column role;
alter table api_token drop column role;
