-- AlterTable
ALTER TABLE "operation" ADD COLUMN "question" JSONB;

-- AlterTable
ALTER TABLE "operation_step" ADD COLUMN "appended_after" INTEGER;

-- CreateTable
CREATE TABLE "operation_decision" (
    "operation_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "way" TEXT NOT NULL,
    "target" JSONB,
    "reason" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_decision_pkey" PRIMARY KEY ("operation_id","n")
);

-- AddForeignKey
ALTER TABLE "operation_decision" ADD CONSTRAINT "operation_decision_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table operation_decision
  add constraint operation_decision_way_known check (way in ('commit', 'move', 'abandon', 'retry', 'leave')),
  add constraint operation_decision_reason_given check (btrim(reason) <> ''),
  add constraint operation_decision_target_with_move check ((target is not null) = (way = 'move'));

-- A rehearsal beside the running cluster holds up neither a backup nor whoever has to move the lead.
alter table operation drop constraint operation_lane_known;
alter table operation add constraint operation_lane_known check (lane in ('lead', 'backup', 'rehearsal'));

-- Nobody is asked how an operation that has ended shall go on.
alter table operation add constraint operation_question_open check (question is null or ended_at is null);
