-- AlterTable
ALTER TABLE "app_session" ADD COLUMN "stepped_up_at" TIMESTAMPTZ(6),
ADD COLUMN "waits_for_factor" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "factor" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ciphertext" BYTEA,
    "nonce" BYTEA,
    "tag" BYTEA,
    "key_id" TEXT,
    "last_step" BIGINT,
    "wrong_codes" INTEGER NOT NULL DEFAULT 0,
    "wrong_at" TIMESTAMPTZ(6),
    "credential_id" TEXT,
    "public_key" BYTEA,
    "rp_id" TEXT,
    "registered_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "vouched_by" TEXT,
    "vouched_at" TIMESTAMPTZ(6),
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "factor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "factor_use" (
    "factor_id" UUID NOT NULL,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "used_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factor_use_pkey" PRIMARY KEY ("factor_id")
);

-- CreateTable
CREATE TABLE "spent_challenge" (
    "challenge" TEXT NOT NULL,
    "spent_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spent_challenge_pkey" PRIMARY KEY ("challenge")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "user_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id","code_hash")
);

-- CreateTable
CREATE TABLE "sign_in_policy" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "second_factor" TEXT NOT NULL DEFAULT 'optional',
    "changed_at" TIMESTAMPTZ(6),
    "changed_by" TEXT,

    CONSTRAINT "sign_in_policy_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "factor_user_id_idx" ON "factor"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "factor_credential_id_key" ON "factor"("credential_id");

-- CreateIndex
CREATE INDEX "spent_challenge_spent_at_idx" ON "spent_challenge"("spent_at");

-- AddForeignKey
ALTER TABLE "factor" ADD CONSTRAINT "factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "factor_use" ADD CONSTRAINT "factor_use_factor_id_fkey" FOREIGN KEY ("factor_id") REFERENCES "factor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A factor is of one kind and holds what that kind needs; of a removed one nothing is left that could be used.
alter table factor add constraint factor_kind check (
  case kind
    when 'totp' then (ciphertext is null) = (removed_at is not null) and public_key is null
    when 'passkey' then num_nulls(credential_id, public_key, rp_id) = case when removed_at is null then 0 else 3 end and ciphertext is null
    else false
  end
);
alter table factor add constraint factor_encrypted check (num_nulls(ciphertext, nonce, tag, key_id) in (0, 4));
alter table factor add constraint factor_vouched check ((vouched_by is null) = (vouched_at is null));
alter table sign_in_policy add constraint sign_in_policy_one check (id = 1);
alter table sign_in_policy add constraint sign_in_policy_words check (second_factor in ('optional', 'required'));
insert into sign_in_policy (id) values (1);
