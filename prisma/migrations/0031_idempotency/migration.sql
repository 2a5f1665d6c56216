-- CreateTable
CREATE TABLE "idempotent_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "caller_id" UUID NOT NULL,
    "key_hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "held_until" TIMESTAMPTZ(6) NOT NULL,
    "done_at" TIMESTAMPTZ(6),
    "status" INTEGER,
    "answer" BYTEA,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "idempotent_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "idempotent_request_caller_id_key_hash_key" ON "idempotent_request"("caller_id", "key_hash");

-- CreateIndex
CREATE INDEX "idempotent_request_expires_at_idx" ON "idempotent_request"("expires_at");

alter table idempotent_request add constraint idempotent_request_bounded check (length(answer) <= 4194304);
