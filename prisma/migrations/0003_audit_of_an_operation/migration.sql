-- CreateIndex
CREATE INDEX "audit_event_operation_id_idx" ON "audit_event"("operation_id");
