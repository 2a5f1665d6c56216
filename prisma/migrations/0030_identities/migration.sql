-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "email" TEXT,
    "linked_by" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signed_in_at" TIMESTAMPTZ(6),

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_mapping" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "group_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "cluster_id" UUID,
    "label" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_mapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_grant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "group_name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "cluster_id" UUID,
    "label" TEXT,
    "granted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "group_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oidc_used" (
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "oidc_used_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "oidc_session" (
    "session_id" TEXT NOT NULL,
    "identity_id" UUID NOT NULL,
    "provider_session" TEXT,
    "second_factor_at" TIMESTAMPTZ(6),

    CONSTRAINT "oidc_session_pkey" PRIMARY KEY ("session_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "identity_issuer_subject_key" ON "identity"("issuer", "subject");

-- CreateIndex
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");

-- CreateIndex
CREATE INDEX "group_mapping_cluster_id_idx" ON "group_mapping"("cluster_id");

-- CreateIndex
CREATE INDEX "group_grant_user_id_idx" ON "group_grant"("user_id");

-- CreateIndex
CREATE INDEX "group_grant_cluster_id_idx" ON "group_grant"("cluster_id");

-- CreateIndex
CREATE INDEX "oidc_session_identity_id_idx" ON "oidc_session"("identity_id");

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_mapping" ADD CONSTRAINT "group_mapping_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_grant" ADD CONSTRAINT "group_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_grant" ADD CONSTRAINT "group_grant_cluster_id_fkey" FOREIGN KEY ("cluster_id") REFERENCES "cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oidc_session" ADD CONSTRAINT "oidc_session_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "app_session"("id_hash") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oidc_session" ADD CONSTRAINT "oidc_session_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table identity
  add constraint identity_bounded check (length(issuer) <= 500 and length(subject) between 1 and 255 and length(email) <= 200);

alter table group_mapping
  add constraint group_mapping_role_known check (role in ('viewer', 'operator', 'approver', 'auditor', 'admin')),
  add constraint group_mapping_group_named check (btrim(group_name) <> '' and length(group_name) <= 200),
  add constraint group_mapping_scope_known check (
    (scope = 'all' and cluster_id is null and label is null)
    or (scope = 'cluster' and cluster_id is not null and label is null)
    or (scope = 'label' and cluster_id is null and btrim(label) <> '')
  );

alter table group_grant
  add constraint group_grant_role_known check (role in ('viewer', 'operator', 'approver', 'auditor', 'admin')),
  add constraint group_grant_scope_known check (
    (scope = 'all' and cluster_id is null and label is null)
    or (scope = 'cluster' and cluster_id is not null and label is null)
    or (scope = 'label' and cluster_id is null and btrim(label) <> '')
  );

-- A group is given the same right at the same place once.
create unique index group_mapping_once on group_mapping (group_name, role, scope, cluster_id, label) nulls not distinct;
create unique index group_grant_once on group_grant (user_id, group_name, role, scope, cluster_id, label) nulls not distinct;
